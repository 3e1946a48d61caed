import { watch } from 'vue'
import { useMeetingStore } from '../store.ts'
import type { MarkLayers } from './layers.ts'

/** What the presenter draws before everybody's eyes is drawn out of his layer as soon as it has come from there: no gap, and nothing twice. */
export function useSettling(layers: () => MarkLayers | null): void {
  const meeting = useMeetingStore()
  watch([() => layers()?.all, () => meeting.strokes], ([all, strokes]) => {
    if (!all || strokes.length === 0) return
    const kept = new Set(all.map(({ mark }) => mark.id))
    for (const { strokeId } of strokes) if (kept.has(strokeId)) meeting.strokeSettled(strokeId)
  })
}
