import { wallTime } from '../../shared/vietnamese/dates.ts'

/** 09:41:07 on the wall clock of Vietnam. */
export function formatMoment(at: number): string {
  const { hour, minute, second } = wallTime(at)
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
}
