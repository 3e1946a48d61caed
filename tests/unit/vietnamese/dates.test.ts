import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  daysBetween, formatDate, formatDateTime, formatDay, formatOfficialDate, formatTime, formatWeekday, fromWallTime, parseDate, wallTime,
} from '../../../shared/vietnamese/dates.ts'
import { formatClock, formatDuration, formatRemaining } from '../../../shared/vietnamese/durations.ts'

const at = Date.parse('2026-11-21T18:05:09Z') // 01:05:09 on Sunday the 22nd in Vietnam

test('dates and times are those of Vietnam wherever the program runs', () => {
  expect(formatDate(at)).toBe('22/11/2026')
  expect(formatTime(at)).toBe('01:05')
  expect(formatDateTime(at)).toBe('01:05, 22/11/2026')
  expect(formatWeekday(at, 'vi')).toBe('Chủ Nhật')
  expect(formatWeekday(at, 'en')).toBe('Sunday')
})

test('the official form has a zero before days under 10 and before months 1 and 2 only', () => {
  const official = (year: number, month: number, day: number) => formatOfficialDate(fromWallTime({ year, month, day }))
  expect(official(2026, 2, 5)).toBe('ngày 05 tháng 02 năm 2026')
  expect(official(2026, 1, 15)).toBe('ngày 15 tháng 01 năm 2026')
  expect(official(2026, 3, 9)).toBe('ngày 09 tháng 3 năm 2026')
  expect(official(2026, 12, 31)).toBe('ngày 31 tháng 12 năm 2026')
})

test('near days have names', () => {
  const now = fromWallTime({ year: 2026, month: 11, day: 20, hour: 23, minute: 59 })
  expect(formatDay(now + 60_000, now, 'vi')).toBe('Ngày mai')
  expect(formatDay(now - 3_600_000, now, 'vi')).toBe('Hôm nay')
  expect(formatDay(now - 86_400_000, now, 'en')).toBe('Yesterday')
  expect(formatDay(fromWallTime({ year: 2026, month: 11, day: 23 }), now, 'vi')).toBe('Thứ Hai, 23/11/2026')
})

test('a written date is read, and a day that does not exist is not', () => {
  expect(parseDate('5/2/2026')).toBe(fromWallTime({ year: 2026, month: 2, day: 5 }))
  expect(parseDate('29/02/2026')).toBeNull()
  expect(parseDate('29/02/2028')).toBe(fromWallTime({ year: 2028, month: 2, day: 29 }))
  expect(parseDate('2026-02-05')).toBeNull()
})

test('durations read as people say them', () => {
  expect(formatDuration(90 * 60_000, 'vi')).toBe('1 giờ 30 phút')
  expect(formatDuration(60 * 60_000, 'en')).toBe('1 hour')
  expect(formatDuration(59_999, 'vi')).toBe('59 giây')
  expect(formatDuration(-5, 'en')).toBe('0 seconds')
  expect(formatRemaining(5 * 60_000, 'vi')).toBe('còn 5 phút')
  expect(formatRemaining(-3 * 60_000, 'vi')).toBe('quá 3 phút')
  expect(formatRemaining(-60_000, 'en')).toBe('1 minute over')
  expect(formatClock(245_000)).toBe('4:05')
  expect(formatClock(3_845_999)).toBe('1:04:05')
  expect(formatClock(-65_000)).toBe('−1:05')
  expect(formatClock(-400)).toBe('0:00')
})

const moment = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2200, 0, 1) })
const reference = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})

test('the arithmetic agrees with the time zone database', () => {
  fc.assert(fc.property(moment, time => {
    expect(`${formatDate(time)}, ${formatTime(time)}`).toBe(reference.format(time))
  }))
})

test('wall time and moment turn into each other, and a date that was written is read back', () => {
  fc.assert(fc.property(moment, time => {
    expect(fromWallTime(wallTime(time))).toBe(Math.floor(time / 1000) * 1000)
    expect(daysBetween(time, parseDate(formatDate(time))!)).toBe(0)
  }))
})
