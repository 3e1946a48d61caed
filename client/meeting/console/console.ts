import { defineStore } from 'pinia'
import { ref } from 'vue'

export type ConsoleTab = 'votes' | 'attendance'

/** The panel of chair and secretary: whether it is open, on which tab, and the vote being drafted. */
export const useConsole = defineStore('console', () => {
  const open = ref(false)
  /** The seat plan lies over agenda and desk. */
  const seats = ref(false)
  const tab = ref<ConsoleTab>('votes')
  /** The item for which a vote is being drafted; null: the form is closed. */
  const draftItemId = ref<string | null>(null)
  const changedVoteId = ref<string | null>(null)

  function show(which: ConsoleTab): void {
    tab.value = which
    open.value = true
  }
  function toggle(which: ConsoleTab): void {
    if (open.value && tab.value === which) open.value = false
    else show(which)
  }
  function draft(itemId: string): void {
    draftItemId.value = itemId
    changedVoteId.value = null
    show('votes')
  }
  function change(voteId: string, itemId: string): void {
    draftItemId.value = itemId
    changedVoteId.value = voteId
    show('votes')
  }
  function endDraft(): void {
    draftItemId.value = null
    changedVoteId.value = null
  }

  return { open, seats, tab, draftItemId, changedVoteId, show, toggle, draft, change, endDraft }
})
