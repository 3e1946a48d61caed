import { countChosen } from '../../../shared/meeting/votes/election.ts'
import { choices, type VoteMatter } from '../../../shared/meeting/votes/matter.ts'
import type { OpenedBallots, QuestionCounts } from '../../../shared/meeting/votes/result.ts'
import { joinSealed, packMarks, publicKeyBytes, splitSealed, tagBytes, unpackMarks } from '../../../shared/meeting/votes/sealed-ballot.ts'
import { bySite } from '../../../shared/meeting/votes/sites.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import type { Vote } from '../../../shared/meeting/votes/state.ts'

/** A ballot in the shape of a sealed one, readable by anybody: for where only the rules of a meeting are tried. */
export function seal(marked: readonly string[], matter: VoteMatter = { kind: 'question' }): string {
  const ephemeralKey = new Uint8Array(publicKeyBytes).fill(7)
  ephemeralKey[0] = 4
  return joinSealed({ ephemeralKey, ciphertext: Uint8Array.from([...packMarks(matter, marked), ...new Uint8Array(tagBytes)]) })
}

/** What the hub hands over once it has opened the ballots of a closed vote. */
export function openAll(state: MeetingState, { ballots, matter, entitled }: Vote): OpenedBallots {
  const marks = new Map(ballots.flatMap((ballot) => ('sealed' in ballot && ballot.sealed !== null ? [[ballot.personId, marksOf(matter, ballot.sealed)]] : [])))
  if (matter.kind === 'election') return { election: countChosen(matter, [...marks.values()]) }
  const sites = [...bySite(state, entitled)].map(([siteId, people]) => ({ siteId, ...count(people.flatMap((personId) => (marks.has(personId) ? [marks.get(personId) ?? []] : []))) }))
  return { question: count([...marks.values()]), bySite: sites }
}

function marksOf(matter: VoteMatter, sealed: string): string[] {
  const parts = splitSealed(matter, sealed)
  return (parts && unpackMarks(matter, parts.ciphertext.slice(0, -tagBytes))) ?? []
}

function count(ballots: readonly string[][]): QuestionCounts {
  const counts: QuestionCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0 }
  for (const marked of ballots) counts[(marked.length === 1 && choices.find((choice) => choice === marked[0])) || 'invalid'] += 1
  return counts
}
