import type { VoteMatter } from '../../../shared/meeting/votes/matter.ts'
import type { Ballot } from '../../../shared/meeting/votes/state.ts'
import { t } from '../../i18n/index.ts'

/** The names of these candidates, as they stand on the list. */
export function chosenWords(matter: VoteMatter, chosen: readonly string[]): string {
  if (chosen.length === 0 || matter.kind !== 'election') return t('meeting.votes.choices.abstain')
  return matter.candidates.filter(({ candidateId }) => chosen.includes(candidateId)).map(({ label }) => label).join(', ')
}

/** What a ballot says, in words; null of one that is sealed. */
export function markedWords(matter: VoteMatter, ballot: Ballot): string | null {
  if ('choice' in ballot) return t(`meeting.votes.choices.${ballot.choice}`)
  return 'chosen' in ballot ? chosenWords(matter, ballot.chosen) : null
}
