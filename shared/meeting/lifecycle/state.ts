/** draft → scheduled → inSession ⇄ recess → ended; cancelled from draft or scheduled. */
export type MeetingStatus = 'none' | 'draft' | 'scheduled' | 'inSession' | 'recess' | 'ended' | 'cancelled'

export interface Lifecycle {
  status: MeetingStatus
  /** Whether the participants have been told of it: a draft that is cancelled stays with those who prepared it. */
  published: boolean
  openedAt: number | null
  endedAt: number | null
  /** Since when the present status holds. */
  since: number
  /** Why it was cancelled. */
  reason: string | null
}

/** cuộc họp, phiên họp, kỳ họp, hội nghị, hội thảo */
export const meetingKinds = ['meeting', 'session', 'councilSession', 'conference', 'workshop'] as const
export type MeetingKind = (typeof meetingKinds)[number]

/** thường kỳ, giao ban, chuyên đề, sơ kết, tổng kết, kiểm điểm, triển khai, đột xuất */
export const meetingTypes = ['regular', 'briefing', 'thematic', 'interimReview', 'yearReview', 'selfReview', 'rollout', 'urgent'] as const
export type MeetingType = (typeof meetingTypes)[number]

/** Whose rules hold: a people's committee (UBND), a people's council (HĐND), or a plain meeting. */
export const meetingBodies = ['committee', 'council', 'plain'] as const
export type MeetingBody = (typeof meetingBodies)[number]

export interface MeetingDetails {
  title: string
  kind: MeetingKind
  type: MeetingType
  body: MeetingBody
  /** Planned beginning and end, milliseconds since the epoch. */
  startsAt: number
  endsAt: number
  place: string
  /** Sites (điểm cầu) that take part. */
  siteIds: string[]
}

export const notCreated: Lifecycle = { status: 'none', published: false, openedAt: null, endedAt: null, since: 0, reason: null }

export const noDetails: MeetingDetails = {
  title: '', kind: 'meeting', type: 'regular', body: 'plain', startsAt: 0, endsAt: 0, place: '', siteIds: [],
}
