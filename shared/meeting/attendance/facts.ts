import type { QuorumFigures } from './quorum.ts'
import type { AttendanceRules, Presence, QuorumOccasion } from './state.ts'

export interface AttendanceFacts {
  'attendance.declared': { personId: string; presence: Presence; siteId: string | null }
  'attendance.rulesChanged': Partial<AttendanceRules>
  /** Túc số as it stood, by the rule of the body. */
  'quorum.checked': QuorumFigures & { occasion: QuorumOccasion }
}
