import type { Language } from '../contracts/refusal.ts'

/** Vietnam has kept UTC+7 without summer time since 1975, so wall time is plain arithmetic here. */
export const timeZone = 'Asia/Ho_Chi_Minh'
const offset = 7 * 3_600_000
export const minute = 60_000
export const hour = 3_600_000
export const day = 86_400_000

/** A moment on the wall clock and calendar of Vietnam. `month` is 1–12, `weekday` 0 (Sunday) – 6. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  weekday: number
}

/** `at` in milliseconds since the epoch. */
export function wallTime(at: number): WallTime {
  const date = new Date(at + offset)
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), weekday: date.getUTCDay(),
  }
}

/** The moment (milliseconds since the epoch) at which clocks in Vietnam show this. */
export function fromWallTime(wall: Pick<WallTime, 'year' | 'month' | 'day'> & Partial<Pick<WallTime, 'hour' | 'minute' | 'second'>>): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour ?? 0, wall.minute ?? 0, wall.second ?? 0) - offset
}

const two = (value: number) => String(value).padStart(2, '0')

/** 21/11/2026 */
export function formatDate(at: number): string {
  const { year, month, day } = wallTime(at)
  return `${two(day)}/${two(month)}/${year}`
}

/** 08:05 */
export function formatTime(at: number): string {
  const { hour, minute } = wallTime(at)
  return `${two(hour)}:${two(minute)}`
}

/** 08:05, 21/11/2026 */
export function formatDateTime(at: number): string {
  return `${formatTime(at)}, ${formatDate(at)}`
}

/** "ngày 05 tháng 02 năm 2026": a zero before days under 10 and before months 1 and 2 only (Decree 30/2020/NĐ-CP). */
export function formatOfficialDate(at: number): string {
  const { year, month, day } = wallTime(at)
  return `ngày ${two(day)} tháng ${month <= 2 ? two(month) : month} năm ${year}`
}

/** The moment at which the day written as dd/mm/yyyy begins; null when there is no such day. One-digit days and months are accepted. */
export function parseDate(text: string): number | null {
  const match = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/u.exec(text)
  if (!match) return null
  const [dayOfMonth, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const at = fromWallTime({ year, month, day: dayOfMonth })
  const wall = wallTime(at)
  return wall.day === dayOfMonth && wall.month === month && wall.year === year ? at : null
}

/** 0 for the same day of Vietnam's calendar, 1 for tomorrow, −1 for yesterday … */
export function daysBetween(from: number, to: number): number {
  return Math.floor((to + offset) / day) - Math.floor((from + offset) / day)
}

const weekdays: Record<Language, readonly string[]> = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

export function formatWeekday(at: number, language: Language): string {
  return weekdays[language][wallTime(at).weekday] ?? ''
}

const nearDays: Record<Language, Record<number, string>> = {
  vi: { [-1]: 'Hôm qua', 0: 'Hôm nay', 1: 'Ngày mai' },
  en: { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' },
}

/** "Hôm nay", "Ngày mai", otherwise "Thứ Hai, 23/11/2026". */
export function formatDay(at: number, now: number, language: Language): string {
  return nearDays[language][daysBetween(now, at)] ?? `${formatWeekday(at, language)}, ${formatDate(at)}`
}
