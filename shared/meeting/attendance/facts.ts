import type { Presence } from './state.ts'

export interface AttendanceFacts {
  'attendance.declared': { personId: string; presence: Presence; siteId: string | null }
}
