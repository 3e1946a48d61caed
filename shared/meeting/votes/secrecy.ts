import { quorumFigures } from '../attendance/quorum.ts'
import type { MeetingCommon } from '../state.ts'
import { isUnanimous } from './by-site.ts'
import type { VoteMethod } from './matter.ts'
import type { ElectionTally, QuestionTally, Revealing } from './result.ts'

/** Of one or two who vote in secret, each knows, or may guess, how the other did. */
const smallElectorate = 2

/** Why a secret vote would tell how people voted, asked before it is opened; null when nothing is to be warned of. */
export function revealingBefore(meeting: Pick<MeetingCommon, 'participants' | 'attendance'>, method: VoteMethod): Revealing | null {
  return method === 'secret' && quorumFigures(meeting, null).present <= smallElectorate ? 'smallElectorate' : null
}

/** Why the counted result of a secret vote tells how people voted; null when it does not. */
export function revealingAfter(tally: QuestionTally | ElectionTally): Revealing | null {
  if (tally.cast <= smallElectorate) return 'smallElectorate'
  return votedAlike(tally) ? 'unanimous' : null
}

function votedAlike(tally: QuestionTally | ElectionTally): boolean {
  if (tally.kind === 'question') return isUnanimous(tally.counts)
  if (tally.abstain === tally.cast || tally.invalid === tally.cast) return true
  return tally.abstain + tally.invalid === 0 && Object.values(tally.votes).every((votes) => votes === 0 || votes === tally.cast)
}
