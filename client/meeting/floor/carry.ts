import { defineStore } from 'pinia'
import { ref } from 'vue'
import { finishing, leaving } from '../../../shared/meeting/agenda/rules.ts'
import { useAct } from '../act.ts'
import { useMeetingStore } from '../store.ts'
import { waitingThere } from './floor.ts'

type ItemChange = 'agenda:startItem' | 'agenda:finishItem'

/** Starting or finishing an item, with one question first where somebody still waits for the floor: carry over or end the list. */
export const useItemChange = defineStore('itemChange', () => {
  const meeting = useMeetingStore()
  const { act, busy } = useAct()
  const asked = ref<{ type: ItemChange; itemId: string; count: number } | null>(null)

  async function change(type: ItemChange, itemId: string): Promise<void> {
    const view = meeting.view
    const left = view ? (type === 'agenda:startItem' ? leaving(view, itemId) : finishing(view, itemId)) : []
    const count = view ? waitingThere(view, left).length : 0
    if (count > 0) asked.value = { type, itemId, count }
    else await act(type, { itemId })
  }

  async function settle(waiting: 'carry' | 'drop'): Promise<void> {
    if (asked.value && (await act(asked.value.type, { itemId: asked.value.itemId, waiting }))) asked.value = null
  }

  return { asked, busy, change, settle, close: () => (asked.value = null) }
})
