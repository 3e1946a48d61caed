import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { entry } from '../../../shared/meeting/entities.ts'
import { useMeetingStore } from '../store.ts'
import { resumeBallots } from './casting.ts'
import { ballotsOf, handKey, isEntitled, isPending, together as togetherWith, voteAtHand } from './hand.ts'

/**
 * The vote that stands open on this screen, with the others of its sitting within reach. The running one opens by itself for who is
 * entitled and for who conducts it, and stays with its result until it is closed or the meeting goes on; everyone else has a line
 * that leads to it. Any other vote is looked up by hand and stays until it is closed.
 */
export const useVotePanel = defineStore('votePanel', () => {
  const meeting = useMeetingStore()
  const shownId = ref<string | null>(null)
  const atHand = computed(() => (meeting.view ? voteAtHand(meeting.view) : null))
  const vote = computed(() => (shownId.value && meeting.view ? (entry(meeting.view.votes, shownId.value) ?? null) : null))
  /** The vote and the others of its sitting; empty while nothing is open here. */
  const together = computed(() => (meeting.view && vote.value ? togetherWith(meeting.view, vote.value) : []))
  /** The votes of the sitting at hand, whether they stand open here or not. */
  const sittingAtHand = computed(() => (meeting.view && atHand.value ? togetherWith(meeting.view, atHand.value) : []))
  /** What is at hand and does not stand open on this screen. */
  const away = computed(() => (atHand.value && (!vote.value || handKey(vote.value) !== handKey(atHand.value)) ? atHand.value : null))
  /** The ballot of the sitting at hand that this person has still to send; the next one, if several. */
  const awaited = computed(() => ballotsOf(sittingAtHand.value, meeting.me).next)

  watch(() => (atHand.value?.status === 'open' ? handKey(atHand.value) : null), (opened) => {
    const first = atHand.value
    if (opened && first && (meeting.leads || isEntitled(first, meeting.me))) shownId.value = (awaited.value ?? first).voteId
  }, { immediate: true })
  watch(() => (atHand.value ? handKey(atHand.value) : null), (_now, before) => {
    if (before !== null && vote.value && handKey(vote.value) === before) shownId.value = null
  })
  // The results of a sitting come together, and are read from the first.
  watch(() => together.value.length > 1 && !together.value.some(isPending), (published, before) => {
    if (published && !before && together.value[0] && vote.value && atHand.value && handKey(vote.value) === handKey(atHand.value)) shownId.value = together.value[0].voteId
  })
  // Ballots that an earlier page of this tablet sealed and had no answer to.
  watch(() => meeting.isLive, (live) => live && resumeBallots(), { immediate: true })

  return {
    vote, together, atHand, sittingAtHand, away, awaited,
    show: (voteId: string) => (shownId.value = voteId),
    close: () => (shownId.value = null),
  }
})
