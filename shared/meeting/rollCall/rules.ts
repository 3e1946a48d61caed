import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { may } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import type { RollCall, SiteAnswer, SiteCall } from './state.ts'

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'details' | 'rollCall'>

export function runningRollCall(meeting: Pick<MeetingCommon, 'rollCall'>): RollCall | null {
  return meeting.rollCall?.finishedAt === null ? meeting.rollCall : null
}

/** How a site stands in the roll call that is running, or in the last one. */
export function siteCallOf(meeting: Pick<MeetingCommon, 'rollCall'>, siteId: string): SiteCall | null {
  return (meeting.rollCall && entry(meeting.rollCall.calls, siteId)) ?? null
}

export function callRefusal(meeting: Meeting, siteId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  if (!meeting.details.siteIds.includes(siteId)) return refusal('attendance.unknownSite')
  const running = runningRollCall(meeting)
  return running && entry(running.calls, siteId)?.answer === 'present' ? refusal('rollCall.answered') : null
}

/** A site answers when it has been called; its technician answers once and for his own site only, chair and secretary may correct. */
export function answerRefusal(meeting: MeetingCommon, senderId: string, siteId: string, answer: SiteAnswer): Refusal | null {
  const running = runningRollCall(meeting)
  if (!running) return refusal('rollCall.notRunning')
  if (!meeting.details.siteIds.includes(siteId)) return refusal('attendance.unknownSite')
  const leads = may(meeting, senderId, 'rollCall.lead')
  if (!leads && entry(meeting.participants, senderId)?.siteId !== siteId) return refusal('rollCall.notYourSite')
  const call = entry(running.calls, siteId)
  if (!call) return refusal('rollCall.notCalled')
  return call.answer !== null && (!leads || (answer === 'absent' && call.answer === 'absent')) ? refusal('rollCall.answered') : null
}

export function finishRefusal(meeting: Pick<MeetingCommon, 'rollCall'>): Refusal | null {
  return runningRollCall(meeting) ? null : refusal('rollCall.notRunning')
}
