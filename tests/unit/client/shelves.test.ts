import { expect, test } from 'vitest'
import { shelve } from '../../../client/office/meetings.ts'
import type { MeetingSummary } from '../../../shared/contracts/http/meetings.ts'
import { fromWallTime } from '../../../shared/vietnamese/dates.ts'

const hour = 3_600_000
const at = (day: number, hours: number) => fromWallTime({ year: 2026, month: 11, day, hour: hours })
const now = at(20, 9)

function meeting(meetingId: string, startsAt: number, status: MeetingSummary['status'] = 'scheduled'): MeetingSummary {
  return {
    meetingId, startsAt, endsAt: startsAt + 2 * hour, status, title: meetingId, kind: 'meeting', type: 'briefing', place: '', siteCount: 0, participantCount: 1,
    role: 'delegate', reply: 'none', decision: null, duties: [], mayPrepare: false, mayProject: false,
  }
}
const ids = (meetings: MeetingSummary[]) => meetings.map(({ meetingId }) => meetingId)

test('a meeting that is on stands on top, before an earlier one of today', () => {
  const shelves = shelve([meeting('later', at(20, 14)), meeting('early', at(20, 7)), meeting('on', at(20, 8), 'inSession')], now)
  expect(shelves.first?.meetingId).toBe('on')
  expect(ids(shelves.today)).toEqual(['early', 'later'])
})

test('otherwise the next one of today stands on top, and tomorrow’s is only coming up', () => {
  const shelves = shelve([meeting('tomorrow', at(21, 8)), meeting('over', at(20, 6)), meeting('next', at(20, 10))], now)
  expect(shelves.first?.meetingId).toBe('next')
  expect(ids(shelves.today)).toEqual(['over'])
  expect(ids(shelves.upcoming)).toEqual(['tomorrow'])
})

test('a meeting still on after midnight counts as today’s', () => {
  const shelves = shelve([meeting('long', at(19, 20), 'recess')], now)
  expect(shelves.first?.meetingId).toBe('long')
})

test('what has ended, was cancelled or was never opened on its day is past, newest first; drafts stand apart', () => {
  const shelves = shelve([
    meeting('ended', at(18, 8), 'ended'), meeting('cancelled', at(25, 8), 'cancelled'), meeting('missed', at(19, 8)), meeting('draft', at(1, 8), 'draft'),
  ], now)
  expect(shelves.first).toBeNull()
  expect(ids(shelves.past)).toEqual(['cancelled', 'missed', 'ended'])
  expect(ids(shelves.drafts)).toEqual(['draft'])
})

test('no meeting is lost or shown twice', () => {
  const meetings = (['draft', 'scheduled', 'inSession', 'recess', 'ended', 'cancelled'] as const).flatMap(status => [18, 20, 22].map(day => meeting(`${status}-${day}`, at(day, 9), status)))
  const { first, today, upcoming, drafts, past } = shelve(meetings, now)
  expect(ids([...(first ? [first] : []), ...today, ...upcoming, ...drafts, ...past]).sort()).toEqual(ids(meetings).sort())
})
