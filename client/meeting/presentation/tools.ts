import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useReaderSettings } from '../../pdf/readerSettings.ts'
import { useDesk } from '../desk.ts'

/** What the presenter has in his hand. */
export type PresenterTool = 'laser' | 'ink' | 'region'

/** The presenter's tools: put away as soon as he does not present any more. */
export const usePresenterTools = defineStore('presenterTools', () => {
  const desk = useDesk()
  const open = ref(false)
  const tool = ref<PresenterTool | null>(null)

  function putAway(): void {
    tool.value = null
    open.value = false
  }
  watch(() => desk.leading, (leading) => leading || putAway())

  return {
    open, tool, putAway,
    toggle: () => (open.value ? putAway() : void (open.value = true)),
    take: (next: PresenterTool) => {
      tool.value = tool.value === next ? null : next
      // One points at a printed page; reading mode has none.
      useReaderSettings().mode = 'print'
    },
    lay: () => (tool.value = null),
  }
})
