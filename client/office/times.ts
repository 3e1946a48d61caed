import { fromWallTime, wallTime } from '../../shared/vietnamese/dates.ts'

/** A meeting's day, beginning and end as a form holds them, and as moments when they are complete. */
export interface MeetingTimesValue {
  /** yyyy-mm-dd */
  day: string | null
  /** HH:mm */
  from: string | null
  to: string | null
  /** Null while something is missing. An end not after the beginning means the next day. */
  span: { startsAt: number; endsAt: number } | null
}

const two = (value: number) => String(value).padStart(2, '0')
export const dayOf = (at: number) => { const { year, month, day } = wallTime(at); return `${year}-${two(month)}-${two(day)}` }
export const timeOf = (at: number) => { const { hour, minute } = wallTime(at); return `${two(hour)}:${two(minute)}` }

export function timesOf(startsAt: number, endsAt: number): MeetingTimesValue {
  return withSpan({ day: dayOf(startsAt), from: timeOf(startsAt), to: timeOf(endsAt) })
}

/** Works out the moments from what the form holds. */
export function withSpan({ day, from, to }: Omit<MeetingTimesValue, 'span'>): MeetingTimesValue {
  const startsAt = moment(day, from)
  const sameDay = moment(day, to)
  if (startsAt === null || sameDay === null) return { day, from, to, span: null }
  return { day, from, to, span: { startsAt, endsAt: sameDay > startsAt ? sameDay : sameDay + 86_400_000 } }
}

/** The same hours a week later: what the next regular meeting usually is. */
export function dayAfterWeek(times: MeetingTimesValue): MeetingTimesValue {
  const start = moment(times.day, '00:00')
  return start === null ? times : withSpan({ ...times, day: dayOf(start + 7 * 86_400_000) })
}

export function moment(day: string | null, time: string | null): number | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day ?? '')
  const clock = /^(\d{2}):(\d{2})$/u.exec(time ?? '')
  if (!date || !clock) return null
  return fromWallTime({ year: Number(date[1]), month: Number(date[2]), day: Number(date[3]), hour: Number(clock[1]), minute: Number(clock[2]) })
}
