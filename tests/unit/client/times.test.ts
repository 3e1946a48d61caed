import { expect, test } from 'vitest'
import { dayAfterWeek, timesOf, withSpan } from '../../../client/office/times.ts'
import { fromWallTime } from '../../../shared/vietnamese/dates.ts'

test('day and times of the form are those of Vietnam', () => {
  const startsAt = fromWallTime({ year: 2026, month: 11, day: 5, hour: 8 })
  const times = timesOf(startsAt, startsAt + 3_600_000)
  expect(times).toMatchObject({ day: '2026-11-05', from: '08:00', to: '09:00', span: { startsAt, endsAt: startsAt + 3_600_000 } })
})

test('an end before the beginning means the next day', () => {
  const { span } = withSpan({ day: '2026-11-05', from: '22:00', to: '01:30' })
  expect((span?.endsAt ?? 0) - (span?.startsAt ?? 0)).toBe(3.5 * 3_600_000)
})

test('while something is missing there is no span', () => {
  expect(withSpan({ day: null, from: '08:00', to: '09:00' }).span).toBeNull()
  expect(withSpan({ day: '2026-11-05', from: '08:00', to: null }).span).toBeNull()
})

test('a copy is set a week later at the same hours, over the end of a year', () => {
  expect(dayAfterWeek(withSpan({ day: '2026-12-28', from: '08:00', to: '11:30' }))).toMatchObject({ day: '2027-01-04', from: '08:00', to: '11:30' })
})
