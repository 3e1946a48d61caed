import type { MeetingHosts } from '../meetings/hosts.ts'

/** What papers ask of the meetings: to look as a person, and to act as one. */
export type PaperMeetings = Pick<MeetingHosts, 'view' | 'execute'>
