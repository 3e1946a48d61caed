/** chủ tọa, thư ký, đại biểu, khách mời, dự thính, báo cáo viên, cán bộ kỹ thuật (DOMAIN.md 3.2) */
export const meetingRoles = ['chair', 'secretary', 'delegate', 'guest', 'observer', 'presenter', 'technician'] as const
export type MeetingRole = (typeof meetingRoles)[number]

export interface Participant {
  personId: string
  role: MeetingRole
  /** A member whose ballot counts (thành viên, đại biểu); guests never are. */
  votes: boolean
  /** The site from which this person is expected; null: the main room. */
  siteId: string | null
}
