import { entry } from '../entities.ts'
import { isExcused } from '../invitations/rules.ts'
import type { MeetingCommon } from '../state.ts'
import type { AttendanceInterval } from './state.ts'

/** Chưa điểm danh · có mặt trực tiếp · có mặt trực tuyến · vắng có phép · vắng không phép · về sớm (DOMAIN.md 2.6). */
export const standings = ['undeclared', 'inRoom', 'atSite', 'excused', 'unexcused', 'leftEarly'] as const
export type Standing = (typeof standings)[number]

export interface PersonStanding {
  standing: Standing
  /** With 'atSite'. */
  siteId: string | null
  /** Came after the opening (đến muộn), and then stayed or not. */
  late: boolean
  /** Since when it holds; null while nothing was declared. */
  since: number | null
}

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'attendance' | 'attendanceRules' | 'invitations'>

/** How a person stands, derived from his intervals, the session's times and what the chair has agreed to; nowhere kept as a flag. */
export function standingOf(meeting: Meeting, personId: string): PersonStanding {
  const intervals = entry(meeting.attendance, personId)?.intervals ?? []
  const now = intervals.at(-1)
  const late = cameLate(meeting, intervals)
  if (now && now.presence !== 'absent') return { standing: now.presence, siteId: now.siteId, late, since: now.from }
  if (now && wasInSession(meeting, intervals)) return { standing: 'leftEarly', siteId: null, late, since: now.from }
  const away = { siteId: null, late: false, since: now?.from ?? null }
  if (isExcused(meeting, personId)) return { standing: 'excused', ...away }
  return { standing: now || meeting.lifecycle.status === 'ended' ? 'unexcused' : 'undeclared', ...away }
}

function cameLate({ lifecycle, attendanceRules }: Meeting, intervals: readonly AttendanceInterval[]): boolean {
  const first = intervals.find(({ presence }) => presence !== 'absent')
  return first !== undefined && lifecycle.openedAt !== null && first.from > lifecycle.openedAt + attendanceRules.lateAfterMinutes * 60_000
}

/** Whether he was present for any moment of the session; who was there before it only has not left it. */
function wasInSession({ lifecycle }: Meeting, intervals: readonly AttendanceInterval[]): boolean {
  const { openedAt } = lifecycle
  return openedAt !== null && intervals.some(({ presence, to }) => presence !== 'absent' && to !== null && to > openedAt)
}
