import { randomInt } from 'node:crypto'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { sitesTold, type SiteCounts } from '../../shared/meeting/votes/by-site.ts'
import { isValidChosen, type Choice } from '../../shared/meeting/votes/matter.ts'
import type { OpenedBallots, QuestionCounts } from '../../shared/meeting/votes/result.ts'
import { bySite } from '../../shared/meeting/votes/sites.ts'
import type { Vote } from '../../shared/meeting/votes/state.ts'
import { openBallot, type OpeningKey } from './open-ballot.ts'

/** So many are opened at a time; between them the hub serves others. */
const atATime = 32

type Place = Pick<MeetingState, 'meetingId' | 'participants' | 'attendance'>

/**
 * Opens all ballots of a closed secret vote and counts them. Only sums leave this function: it has no log, and what a single ballot
 * said is forgotten as soon as it is added to its sum. The order in which ballots are opened is shuffled, so that not even the
 * moment at which one was opened says which it was.
 */
export async function openBallots(meeting: Place, vote: Vote, key: OpeningKey): Promise<OpenedBallots> {
  return vote.matter.kind === 'question' ? openAnswers(meeting, vote, key) : openLists(meeting, vote, key)
}

async function openAnswers(meeting: Place, vote: Vote, key: OpeningKey): Promise<OpenedBallots> {
  const siteOf = new Map([...bySite(meeting, vote.entitled)].flatMap(([siteId, personIds]) => personIds.map((personId) => [personId, siteId] as const)))
  const question: QuestionCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0 }
  const sites = new Map<string | null, SiteCounts>()
  await openEach(meeting, vote, key, (marks, personId) => {
    const siteId = siteOf.get(personId) ?? null
    const site = sites.get(siteId) ?? { siteId, approve: 0, reject: 0, abstain: 0, invalid: 0 }
    const answer = marks?.length === 1 ? (marks[0] as Choice) : 'invalid'
    question[answer] += 1
    site[answer] += 1
    sites.set(siteId, site)
  })
  return { question, bySite: sitesTold([...sites.values()]) }
}

/** Lists are not told by site: nearly every site has somebody whom all or none of its people chose. */
async function openLists(meeting: Place, vote: Vote, key: OpeningKey): Promise<OpenedBallots> {
  const { matter } = vote
  if (matter.kind !== 'election') throw new Error('not an election')
  const votes = Object.fromEntries(matter.candidates.map(({ candidateId }) => [candidateId, 0]))
  const election = { votes, abstain: 0, invalid: 0 }
  await openEach(meeting, vote, key, (marks) => {
    if (marks === null || !isValidChosen(matter, marks)) election.invalid += 1
    else if (marks.length === 0) election.abstain += 1
    else for (const candidateId of marks) votes[candidateId] = (votes[candidateId] ?? 0) + 1
  })
  return { election }
}

async function openEach({ meetingId }: Place, { voteId, matter, ballots }: Vote, key: OpeningKey, count: (marks: string[] | null, personId: string) => void): Promise<void> {
  const sealed = shuffled(ballots.flatMap((ballot) => ('sealed' in ballot ? [ballot] : [])))
  for (let begin = 0; begin < sealed.length; begin += atATime) {
    await Promise.all(sealed.slice(begin, begin + atATime).map(async ({ personId, sealed: text }) => {
      count(text === null ? null : await openBallot(key, { meetingId, voteId, personId }, matter, text), personId)
    }))
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const order = [...list]
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1)
    ;[order[index], order[other]] = [order[other] as T, order[index] as T]
  }
  return order
}
