import { watchEffect } from 'vue'
import { invitationOf } from '../../../shared/meeting/invitations/rules.ts'
import { statusRefusal } from '../../../shared/meeting/lifecycle/rules.ts'
import type { useMeetingStore } from '../store.ts'

/** Tells the hub, once for each visit, that the invited person has the meeting before his eyes (đã xem); the hub keeps the first time. */
export function useInvitationSeen(meeting: ReturnType<typeof useMeetingStore>): void {
  let told = ''
  watchEffect(() => {
    const { view, me } = meeting
    if (!view || !me || !meeting.isLive || told === view.meetingId || statusRefusal(view, 'scheduled', 'inSession', 'recess')) return
    told = view.meetingId
    const { seenAt, reply } = invitationOf(view, me)
    if (seenAt === null && reply === 'none') void meeting.send('invitations:see', {})
  })
}
