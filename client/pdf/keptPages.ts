import { useDebounceFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { atHand, pixelRatioFor, withinMemory } from './canvasLimits.ts'
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
  /** As it was when the screen last stood still: a page that is turned to is shown before anything around it is made ready or put away. */
  const still = shallowRef<{ kept: readonly number[]; atHand: readonly number[]; inSight: readonly number[] }>({ kept: [], atHand: [], inSight: [] })
  const weigh = (number: number) => {
    const box = layout.value.boxes[number - 1]
    const ratio = box ? pixelRatioFor(box.width, box.height, globalThis.devicePixelRatio || 1) : 1
    return { page: number, pixels: box ? box.width * box.height * ratio * ratio : 0 }
  }
  const kept = computed(() => {
    const { visible } = wanted.value
    return withinMemory(visible.map(weigh), still.value.kept.filter((number) => !visible.includes(number)).map(weigh))
  })
  const lookAround = useDebounceFn(() => {
    const { visible, near } = wanted.value
    const kept = firstDrawn.value && active() ? [...visible, ...near] : visible
    still.value = { kept, atHand: kept.filter(isNear), inSight: visible }
  }, 60)
  watch([wanted, firstDrawn, active], () => void lookAround())
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
  const onScreen = (number: number): boolean => wanted.value.visible.includes(number)
  function partOf(number: number): Part | null {
    const box = layout.value.boxes[number - 1]
    if (!rest.value || !box || !onScreen(number)) return null
    const x = Math.max(0, rest.value.left - box.left)
    const y = Math.max(0, rest.value.top - box.top)
    const width = Math.min(box.width, rest.value.left + viewport.value.width - box.left) - x
    const height = Math.min(box.height, rest.value.top + viewport.value.height - box.top) - y
    return width > 1 && height > 1 ? { x, y, width, height } : null
  }
  function isNear(number: number): boolean {
    const box = layout.value.boxes[number - 1]
    const reach = viewport.value.height * atHand
    return box !== undefined && box.top < scroll.value.top + viewport.value.height + reach && box.top + box.height > scroll.value.top - reach
  }
  const inSight = (number: number): boolean => onScreen(number) || still.value.inSight.includes(number)
  /** Whether a page is on the screen or will be in a moment. */
  const isAtHand = (number: number): boolean => onScreen(number) || still.value.atHand.includes(number)
  function stop(): void {
    clearTimeout(resting)
    queue.clear()
  }

  return { queue, firstDrawn, drawnPages, partOf, inSight, isAtHand, stop }
}
