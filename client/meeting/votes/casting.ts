import { ref } from 'vue'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { newCommandId, type CommandOutcome } from '../../connection/outbox.ts'
import { t } from '../../i18n/index.ts'
import { toast } from '../../ui/toasts.ts'
import { whyNot } from '../sentence.ts'
import { useMeetingStore } from '../store.ts'
import { ballotOf } from './ballot.ts'
import { BallotsUnderway, type BallotUnderway } from './underway.ts'

const underway = new BallotsUnderway()

/** For one ballot paper: casts it, says when it was not recorded, and keeps a sealed one through a reload until the hub has answered. */
export function useCasting() {
  const meeting = useMeetingStore()
  const busy = ref(false)

  /** True when the hub has recorded it. */
  async function cast(vote: VoteView, marked: readonly string[]): Promise<boolean> {
    if (busy.value || !meeting.view || meeting.me === null) return false
    busy.value = true
    try {
      const data = await ballotOf(vote, meeting.view.meetingId, meeting.me, marked)
      const commandId = newCommandId()
      if (data.sealed !== undefined) underway.keep({ meetingId: meeting.view.meetingId, personId: meeting.me, commandId, data: { ...data, sealed: data.sealed } })
      const outcome = await meeting.send('votes:cast', data, { patient: true, commandId })
      settle(commandId, outcome)
      const reason = whyNot(outcome)
      if (reason !== null) toast(reason, { tone: 'bad' })
      return outcome.ok
    } catch {
      toast(t('secrecy.sealFailed'), { tone: 'bad' })
      return false
    } finally {
      busy.value = false
    }
  }

  return { cast, busy }
}

/** Sends again what an earlier page of this meeting had sent and heard nothing of: the hub does it once, however often it hears it. */
export function resumeBallots(): void {
  const meeting = useMeetingStore()
  if (!meeting.view || meeting.me === null || meeting.view.me.projector) return
  for (const ballot of underway.of(meeting.view.meetingId, meeting.me)) if (!meeting.waiting.some(({ commandId }) => commandId === ballot.commandId)) void resume(ballot)
}

async function resume({ data, commandId }: BallotUnderway): Promise<void> {
  const outcome = await useMeetingStore().send('votes:cast', data, { patient: true, commandId })
  settle(commandId, outcome)
  const reason = whyNot(outcome)
  if (reason !== null && !outcome.ok && outcome.kind === 'refused') toast(t('secrecy.notKept', { reason }), { tone: 'bad' })
}

/** Answered, it need not be kept; left without an answer it is sent by the next page. */
function settle(commandId: string, outcome: CommandOutcome): void {
  if (outcome.ok || outcome.kind === 'refused') underway.forget(commandId)
}
