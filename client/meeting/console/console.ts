import { defineStore } from 'pinia'
import { ref } from 'vue'

export const consoleTabs = ['overview', 'floor', 'votes', 'attendance'] as const
export type ConsoleTab = (typeof consoleTabs)[number]

/** The console of chair and secretary: whether its panel is open, what it shows, and the vote being drafted. */
export const useConsole = defineStore('console', () => {
  const open = ref(false)
  const tab = ref<ConsoleTab>('overview')
  /** The seat plan lies over agenda and desk. */
  const seats = ref(false)
  /** Asks whose screen is to be looked at. */
  const choosingPreview = ref(false)
  /** The item for which a vote is being drafted; null: the form is closed. */
  const draftItemId = ref<string | null>(null)
  const changedVoteId = ref<string | null>(null)
  /** The draft whose sitting the new one is to join. */
  const besideVoteId = ref<string | null>(null)

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
    changedVoteId.value = besideVoteId.value = null
    show('votes')
  }
  function beside(voteId: string, itemId: string): void {
    draft(itemId)
    besideVoteId.value = voteId
  }
  function change(voteId: string, itemId: string): void {
    draftItemId.value = itemId
    changedVoteId.value = voteId
    besideVoteId.value = null
    show('votes')
  }
  function endDraft(): void {
    draftItemId.value = changedVoteId.value = besideVoteId.value = null
  }
  /** As it stands when a meeting is entered: with room for it, the overview is open. */
  function begin(roomy: boolean): void {
    endDraft()
    tab.value = 'overview'
    open.value = roomy
    seats.value = choosingPreview.value = false
  }

  return { open, tab, seats, choosingPreview, draftItemId, changedVoteId, besideVoteId, show, toggle, draft, beside, change, endDraft, begin }
})
