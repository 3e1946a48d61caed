import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Language } from '../../../shared/contracts/refusal.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { useMeetingStore } from '../store.ts'

/** How a vote stands, in one sentence: its turnout while it runs, afterwards its result or that it was cancelled. */
export function useStanding(vote: () => VoteView): ComputedRef<string> {
  const meeting = useMeetingStore()
  const { t, locale } = useI18n()
  return computed(() => {
    const { status, result, voteId, entitled } = vote()
    if (result) return resultSentence(vote(), locale.value as Language)
    if (status === 'cancelled') return t('meeting.votes.cancelled')
    return t('meeting.votes.turnout', { cast: meeting.turnoutOf(voteId)?.cast ?? 0, entitled: entitled.length })
  })
}
