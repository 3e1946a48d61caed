import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useMeetingStore } from '../store.ts'
import { isEntitled, voteAtHand } from './hand.ts'

/**
 * Whether the vote at hand stands open on this screen. It opens by itself for who is entitled and for who conducts it, and stays
 * with its result until it is closed or the meeting goes on; everyone else has a line that leads to it.
 */
export const useVotePanel = defineStore('votePanel', () => {
  const meeting = useMeetingStore()
  const shownId = ref<string | null>(null)
  const atHand = computed(() => (meeting.view ? voteAtHand(meeting.view) : null))
  const vote = computed(() => (atHand.value && atHand.value.voteId === shownId.value ? atHand.value : null))

  watch(() => (atHand.value?.status === 'open' ? atHand.value.voteId : null), (openId) => {
    if (openId && atHand.value && (meeting.leads || isEntitled(atHand.value, meeting.me))) shownId.value = openId
  }, { immediate: true })

  return {
    vote, atHand,
    open: () => (shownId.value = atHand.value?.voteId ?? null),
    close: () => (shownId.value = null),
  }
})
