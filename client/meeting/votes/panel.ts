import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { entry } from '../../../shared/meeting/entities.ts'
import { useMeetingStore } from '../store.ts'
import { isEntitled, voteAtHand } from './hand.ts'

/**
 * The vote that stands open on this screen. The running one opens by itself for who is entitled and for who conducts it, and
 * stays with its result until it is closed or the meeting goes on; everyone else has a line that leads to it. Any other vote
 * is looked up by hand and stays until it is closed.
 */
export const useVotePanel = defineStore('votePanel', () => {
  const meeting = useMeetingStore()
  const shownId = ref<string | null>(null)
  const atHand = computed(() => (meeting.view ? voteAtHand(meeting.view) : null))
  const vote = computed(() => (shownId.value && meeting.view ? (entry(meeting.view.votes, shownId.value) ?? null) : null))

  watch(() => (atHand.value?.status === 'open' ? atHand.value.voteId : null), (openId) => {
    if (openId && atHand.value && (meeting.leads || isEntitled(atHand.value, meeting.me))) shownId.value = openId
  }, { immediate: true })
  watch(() => atHand.value?.voteId ?? null, (_now, before) => {
    if (before !== null && shownId.value === before) shownId.value = null
  })

  return {
    vote, atHand,
    show: (voteId: string) => (shownId.value = voteId),
    close: () => (shownId.value = null),
  }
})
