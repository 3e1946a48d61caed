import { onBeforeUnmount, onMounted, type Ref } from 'vue'

interface Options {
  scroller: Ref<HTMLElement | null>
  factor: () => number
  /** A new factor of the printed size, around a point of the scroller in pixels. */
  zoomTo(factor: number, at: { x: number; y: number }): void
}

/** Zooming with two fingers, and with the wheel while Ctrl is held (which is also how browsers tell of a pinch on a touch pad). */
export function usePinch({ scroller, factor, zoomTo }: Options): void {
  let began: { distance: number; factor: number } | null = null

  const point = (x: number, y: number): { x: number; y: number } => {
    const box = scroller.value?.getBoundingClientRect()
    return { x: x - (box?.left ?? 0), y: y - (box?.top ?? 0) }
  }
  const spread = (touches: TouchList): { distance: number; x: number; y: number } | null => {
    const [one, two] = [touches[0], touches[1]]
    if (!one || !two) return null
    return {
      distance: Math.max(1, Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)),
      x: (one.clientX + two.clientX) / 2,
      y: (one.clientY + two.clientY) / 2,
    }
  }

  function onTouchStart(event: TouchEvent): void {
    const fingers = event.touches.length === 2 ? spread(event.touches) : null
    began = fingers && { distance: fingers.distance, factor: factor() }
  }
  function onTouchMove(event: TouchEvent): void {
    const fingers = began && spread(event.touches)
    if (!began || !fingers) return
    event.preventDefault()
    zoomTo(began.factor * fingers.distance / began.distance, point(fingers.x, fingers.y))
  }
  function onTouchEnd(): void { began = null }
  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY
    const limitedPixels = Math.max(-60, Math.min(60, pixels))
    zoomTo(factor() * Math.exp(-limitedPixels / 200), point(event.clientX, event.clientY))
  }

  onMounted(() => {
    const element = scroller.value
    element?.addEventListener('touchstart', onTouchStart, { passive: true })
    // Not passive: the browser would zoom the whole page along.
    element?.addEventListener('touchmove', onTouchMove, { passive: false })
    element?.addEventListener('touchend', onTouchEnd)
    element?.addEventListener('touchcancel', onTouchEnd)
    element?.addEventListener('wheel', onWheel, { passive: false })
  })
  onBeforeUnmount(() => {
    const element = scroller.value
    element?.removeEventListener('touchstart', onTouchStart)
    element?.removeEventListener('touchmove', onTouchMove)
    element?.removeEventListener('touchend', onTouchEnd)
    element?.removeEventListener('touchcancel', onTouchEnd)
    element?.removeEventListener('wheel', onWheel)
  })
}
