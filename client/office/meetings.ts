import type { MeetingSummary } from '../../shared/contracts/http/meetings.ts'
import { daysBetween } from '../../shared/vietnamese/dates.ts'

/** The home page's order of meetings. */
export interface MeetingShelves {
  /** The one to enter: on now, or the next one of today. */
  first: MeetingSummary | null
  today: MeetingSummary[]
  upcoming: MeetingSummary[]
  drafts: MeetingSummary[]
  past: MeetingSummary[]
}

const isOn = ({ status }: MeetingSummary) => status === 'inSession' || status === 'recess'

/** Sorts meetings onto shelves; `now` is the hub's time. A meeting on now counts as today's, however long it lasts. */
export function shelve(meetings: readonly MeetingSummary[], now: number): MeetingShelves {
  const byStart = meetings.toSorted((a, b) => a.startsAt - b.startsAt)
  const live = byStart.filter(meeting => isOn(meeting) || (meeting.status === 'scheduled' && daysBetween(now, meeting.startsAt) >= 0))
  const ofToday = live.filter(meeting => isOn(meeting) || daysBetween(now, meeting.startsAt) === 0)
  const first = ofToday.find(isOn) ?? ofToday.find(meeting => meeting.endsAt > now) ?? ofToday.at(-1) ?? null
  return {
    first,
    today: ofToday.filter(meeting => meeting !== first),
    upcoming: live.filter(meeting => !ofToday.includes(meeting)),
    drafts: byStart.filter(({ status }) => status === 'draft'),
    past: byStart.filter(meeting => !live.includes(meeting) && meeting.status !== 'draft').reverse(),
  }
}
