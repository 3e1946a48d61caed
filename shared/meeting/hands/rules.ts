import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { siteOf } from '../attendance/place.ts'
import { isPresent } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import { choices, type Choice } from '../votes/matter.ts'
import { runningRefusal } from '../votes/rules.ts'
import type { VoteCommon } from '../votes/state.ts'
import { countsOf, isCountedIn } from './lock.ts'
import type { HandCount, PersonChoice } from './state.ts'

type Meeting = Pick<MeetingCommon, 'participants' | 'attendance' | 'details' | 'hands'> & { votes: Record<string, VoteCommon> }
/** Who has sent a ballot. Only the hub knows; a page counts nobody and is told by the hub. */
type HasCast = (personId: string) => boolean

const mostCounts = 100
const nobody: HasCast = () => false

/** Whether votes may be counted by hand at all: named votes on a question, while they are open. */
export function byHandRefusal(meeting: Meeting, voteId: string): Refusal | null {
  const wrong = runningRefusal(meeting, voteId)
  if (wrong) return wrong
  const vote = entry(meeting.votes, voteId)
  if (vote?.method === 'secret') return refusal('hands.secretVote')
  return vote?.matter.kind === 'election' ? refusal('hands.election') : null
}

/** Who of a site a count is about: entitled, not yet cast, and in no other count of this vote. */
export function uncounted(meeting: Meeting, voteId: string, siteId: string | null, hasCast: HasCast = nobody): string[] {
  const counts = countsOf(meeting, voteId)
  return (entry(meeting.votes, voteId)?.entitled ?? []).filter((personId) =>
    entry(meeting.participants, personId) && siteOf(meeting, personId) === siteId && !hasCast(personId) && !counts.some((count) => isCountedIn(count, personId)))
}

export function beginRefusal(meeting: Meeting, voteId: string, siteId: string | null, hasCast: HasCast = nobody): Refusal | null {
  const wrong = byHandRefusal(meeting, voteId)
  if (wrong) return wrong
  if (siteId !== null && !meeting.details.siteIds.includes(siteId)) return refusal('attendance.unknownSite')
  if (countsOf(meeting, voteId).some((count) => count.siteId === siteId)) return refusal('hands.alreadyBegun')
  if (Object.values(meeting.hands).filter((count) => count.voteId === voteId).length >= mostCounts) return refusal('hands.tooMany', { most: mostCounts })
  return uncounted(meeting, voteId, siteId, hasCast).length === 0 ? refusal('hands.nobodyLeft') : null
}

/** Who may be counted now: of those the count began with, who is declared present at its site and has not cast elsewhere meanwhile. */
export function countable(meeting: Meeting, count: HandCount, hasCast: HasCast = nobody): string[] {
  const others = countsOf(meeting, count.voteId).filter(({ countId }) => countId !== count.countId)
  return count.personIds.filter((personId) =>
    entry(meeting.participants, personId) && isPresent(meeting, personId) && siteOf(meeting, personId) === count.siteId
      && !hasCast(personId) && !others.some((other) => isCountedIn(other, personId)))
}

/** Whether this count can still be written down. */
export function openCountRefusal(meeting: Meeting, countId: string): Refusal | null {
  const count = entry(meeting.hands, countId)
  if (!count || !entry(meeting.votes, count.voteId)) return refusal('hands.unknown')
  if (count.status === 'withdrawn') return refusal('hands.withdrawn')
  if (count.status === 'confirmed') return refusal('hands.confirmed')
  return runningRefusal(meeting, count.voteId)
}

/** Totals without names: at most as many as are present and have not cast (DESIGN.md 10). The chair's own side must be known where ties follow it. */
export function totalsRefusal(meeting: Meeting, countId: string, counts: Record<Choice, number>, hasCast: HasCast = nobody): Refusal | null {
  const wrong = openCountRefusal(meeting, countId)
  if (wrong) return wrong
  const count = meeting.hands[countId] as HandCount
  const there = countable(meeting, count, hasCast)
  if (totalOf(counts) > there.length) return refusal('hands.moreThanPresent', { most: there.length })
  const followsChair = entry(meeting.votes, count.voteId)?.rule.tie === 'chairSide'
  return followsChair && there.some((personId) => entry(meeting.participants, personId)?.role === 'chair') ? refusal('hands.chairByName') : null
}

/** One by one: each of them present there and not yet counted, each once. */
export function personsRefusal(meeting: Meeting, countId: string, persons: readonly PersonChoice[], hasCast: HasCast = nobody): Refusal | null {
  const wrong = openCountRefusal(meeting, countId)
  if (wrong) return wrong
  const there = new Set(countable(meeting, meeting.hands[countId] as HandCount, hasCast))
  if (new Set(persons.map(({ personId }) => personId)).size < persons.length) return refusal('hands.personTwice')
  return persons.every(({ personId }) => there.has(personId)) ? null : refusal('hands.notCountable')
}

/** A second person confirms, and what was entered must still hold: nobody of it has gone meanwhile. */
export function confirmRefusal(meeting: Meeting, countId: string, personId: string | null, hasCast: HasCast = nobody): Refusal | null {
  const wrong = openCountRefusal(meeting, countId)
  if (wrong) return wrong
  const count = meeting.hands[countId] as HandCount
  if (!count.entry) return refusal('hands.notEntered')
  if (count.entry.by === personId) return refusal('hands.secondPerson')
  const there = new Set(countable(meeting, count, hasCast))
  const still = count.entry.personIds.filter((id) => there.has(id)).length
  return totalOf(count.entry.counts) > still ? refusal('hands.changedSince', { most: still }) : null
}

/** Until the vote closes, also a confirmed count can be taken back, with a reason. */
export function withdrawRefusal(meeting: Meeting, countId: string): Refusal | null {
  const count = entry(meeting.hands, countId)
  if (!count || !entry(meeting.votes, count.voteId)) return refusal('hands.unknown')
  return count.status === 'withdrawn' ? refusal('hands.withdrawn') : runningRefusal(meeting, count.voteId)
}

export function totalOf(counts: Record<Choice, number>): number {
  return counts.approve + counts.reject + counts.abstain
}

export function totalsOf(persons: readonly PersonChoice[]): Record<Choice, number> {
  const [approve = 0, reject = 0, abstain = 0] = choices.map((choice) => persons.filter((one) => one.choice === choice).length)
  return { approve, reject, abstain }
}
