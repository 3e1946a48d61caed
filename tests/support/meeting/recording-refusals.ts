import type { Refusal } from '../../../shared/contracts/refusal.ts'
import type { recordingRefusals } from '../../../shared/contracts/refusals/recording.ts'
import { draftMeeting, meetingInSession, type Rehearsal } from './rehearsal.ts'

/** In session, allowed to be recorded; and being recorded. */
export function recorded(started = true): Rehearsal {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'recording:allow', { allowed: true })
  meeting.begin()
  if (started) meeting.do('chair', 'recording:start', {})
  return meeting
}

/** How each refusal about recording comes about. */
export const recordingScenes: Record<keyof typeof recordingRefusals, () => Refusal> = {
  'recording.notAllowed': () => meetingInSession().meeting.refusal('chair', 'recording:start', {}),
  'recording.unchanged': () => recorded().refusal('chair', 'recording:start', {}),
  'recording.notStarted': () => recorded(false).refusal('chair', 'recording:stop', {}),
}
