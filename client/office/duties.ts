import type { MeetingSummary } from '../../shared/contracts/http/meetings.ts'

export type OwnDuty = MeetingSummary['duties'][number] & { meeting: MeetingSummary; /** Whether the owner still has something to do himself. */ owed: boolean }

/** What is to be handed in for meetings that are not over, what is owed first, then by the time until when. */
export function ownDuties(meetings: readonly MeetingSummary[]): OwnDuty[] {
  const until = ({ due, meeting }: OwnDuty): number => due ?? meeting.startsAt
  return meetings.filter(({ status }) => status === 'scheduled' || status === 'inSession' || status === 'recess')
    .flatMap((meeting) => meeting.duties.map((duty) => ({ ...duty, meeting, owed: duty.papers.length === 0 || duty.papers.some(({ status }) => status === 'draft' || status === 'returned') })))
    .sort((a, b) => Number(b.owed) - Number(a.owed) || until(a) - until(b))
}
