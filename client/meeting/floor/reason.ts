import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What a hand does with the order; each is done with a reason that everyone can read. */
export type Handwork = 'move' | 'give' | 'remove' | 'invite'

/** The question for the reason, wherever it was raised: one dialog, one tap for the usual ones. */
export const useFloorReason = defineStore('floorReason', () => {
  const asked = ref<{ what: Handwork; name: string; then: (reason: string) => Promise<boolean> } | null>(null)

  function ask(what: Handwork, name: string, then: (reason: string) => Promise<boolean>): void {
    asked.value = { what, name, then }
  }

  return { asked, ask, close: () => (asked.value = null) }
})
