import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { atHand, largestCanvas, largestWaiting, pixelRatioFor, withinMemory } from './canvasLimits.ts'
import { DrawingQueue, type Part } from './drawing.ts'
import type { Layout } from './layout.ts'
import type { Viewport } from './zoom.ts'

interface Seen {
  layout: ComputedRef<Layout>
  viewport: Ref<Viewport>
  scroll: Ref<{ top: number; left: number }>
  wanted: ComputedRef<{ visible: number[]; near: number[] }>
}

/** Which pages are drawn and kept, within the memory that a tablet gives; and, once the reader has come to rest, what of each is on the screen. */
export function useKeptPages({ layout, viewport, scroll, wanted }: Seen, active: () => boolean) {
  const queue = new DrawingQueue()
  /** Until a page stands, nothing else is drawn or fetched. */
  const firstDrawn = ref(false)
  const kept = computed(() => {
    const weigh = (limit: number) => (number: number) => {
      const box = layout.value.boxes[number - 1]
      const ratio = box ? pixelRatioFor(box.width, box.height, globalThis.devicePixelRatio || 1, limit) : 1
      return { page: number, pixels: box ? box.width * box.height * ratio * ratio : 0 }
    }
    const visible = wanted.value.visible.map(weigh(largestCanvas))
    return withinMemory(visible, firstDrawn.value && active() ? wanted.value.near.map(weigh(largestWaiting)) : [])
  })
  watch(kept, order => queue.want(order, wanted.value.visible.length), { immediate: true, flush: 'sync' })
  /** In the order of the paper, so that a screen reader and a selection run through it as it is printed. */
  const drawnPages = computed(() => [...kept.value].sort((a, b) => a - b))

  /** Moves only when the reader has come to rest, and says what of each page is then on the screen. */
  const rest = shallowRef<{ top: number; left: number } | null>(null)
  let resting: ReturnType<typeof setTimeout> | undefined
  watch([scroll, layout], () => {
    rest.value = null
    clearTimeout(resting)
    resting = setTimeout(() => { rest.value = scroll.value }, 260)
  })
  const inSight = (number: number): boolean => wanted.value.visible.includes(number)
  function partOf(number: number): Part | null {
    const box = layout.value.boxes[number - 1]
    if (!rest.value || !box || !inSight(number)) return null
    const x = Math.max(0, rest.value.left - box.left)
    const y = Math.max(0, rest.value.top - box.top)
    const width = Math.min(box.width, rest.value.left + viewport.value.width - box.left) - x
    const height = Math.min(box.height, rest.value.top + viewport.value.height - box.top) - y
    return width > 1 && height > 1 ? { x, y, width, height } : null
  }
  /** Whether a page is on the screen or will be in a moment. */
  function isAtHand(number: number): boolean {
    const box = layout.value.boxes[number - 1]
    return box !== undefined && box.top < scroll.value.top + viewport.value.height + atHand && box.top + box.height > scroll.value.top - atHand
  }
  function stop(): void {
    clearTimeout(resting)
    queue.clear()
  }

  return { queue, firstDrawn, drawnPages, partOf, inSight, isAtHand, stop }
}
