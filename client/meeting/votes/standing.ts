import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '../../../shared/contracts/refusal.ts'
import { isRunning, sittingOf } from '../../../shared/meeting/votes/rules.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { useMeetingStore } from '../store.ts'

/** Where a vote stands between its closing and its announcement: being counted, waiting for the others of its sitting, or for the chair. */
export type Waiting = 'counting' | 'sitting' | 'held'

/** Null while it is open or a draft, and when its result is out or it was cancelled. */
export function waitingOf(view: MeetingView, vote: VoteView): Waiting | null {
  if (vote.status !== 'closed' && vote.status !== 'counted') return null
  if (sittingOf(view, vote).some((one) => one.voteId !== vote.voteId && isRunning(one))) return 'sitting'
  return vote.status === 'closed' ? 'counting' : 'held'
}

/** How a vote stands, in one sentence: its turnout while it runs, what its result waits for, afterwards its result or that it was cancelled. */
export function useStanding(vote: () => VoteView): ComputedRef<string> {
  const meeting = useMeetingStore()
  const { t, locale } = useI18n()
  return computed(() => {
    const { status, result, voteId, entitled } = vote()
    if (result) return resultSentence(vote(), locale.value as Language)
    if (status === 'cancelled') return t('meeting.votes.cancelled')
    const waiting = meeting.view && waitingOf(meeting.view, vote())
    if (waiting) return t(`votes.waiting.${waiting}`)
    return t('meeting.votes.turnout', { cast: meeting.turnoutOf(voteId)?.cast ?? 0, entitled: entitled.length })
  })
}
