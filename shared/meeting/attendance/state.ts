/** Declared presence: có mặt trực tiếp, có mặt tại điểm cầu, vắng. Connection is measured elsewhere and never merged with it. */
export const presences = ['inRoom', 'atSite', 'absent'] as const
export type Presence = (typeof presences)[number]

export interface AttendanceInterval {
  presence: Presence
  /** Set when presence is 'atSite'. */
  siteId: string | null
  from: number
  to: number | null
}

export interface Attendance {
  personId: string
  /** Oldest first; the last is the one that holds. */
  intervals: AttendanceInterval[]
}
