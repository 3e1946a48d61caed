import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** Turning pages with one finger, to and fro: longer than a tap trembles, and clearly sideways. Pixels. */
const length = 60

/** `active`: only then; a page wider than the screen is moved with the finger instead. */
export function useSwipe(scroller: Ref<HTMLElement | null>, active: () => boolean, turn: (direction: 1 | -1) => void): void {
  let began: { x: number; y: number } | null = null

  function onStart(event: TouchEvent): void {
    const touch = event.touches.length === 1 ? event.touches[0] : undefined
    const element = scroller.value
    const fits = element !== null && element.scrollWidth <= element.clientWidth + 1
    // A pen draws.
    const pen = (touch as (Touch & { touchType?: string }) | undefined)?.touchType === 'stylus'
    began = touch && active() && fits && !pen ? { x: touch.clientX, y: touch.clientY } : null
  }
  function onEnd(event: TouchEvent): void {
    const touch = event.changedTouches[0]
    if (!began || !touch || event.touches.length > 0) return
    const [x, y] = [touch.clientX - began.x, touch.clientY - began.y]
    began = null
    if (Math.abs(x) > length && Math.abs(x) > 2 * Math.abs(y) && (getSelection()?.isCollapsed ?? true)) turn(x < 0 ? 1 : -1)
  }
  const drop = (): void => { began = null }

  onMounted(() => {
    scroller.value?.addEventListener('touchstart', onStart, { passive: true })
    scroller.value?.addEventListener('touchend', onEnd, { passive: true })
    scroller.value?.addEventListener('touchcancel', drop, { passive: true })
  })
  onBeforeUnmount(() => {
    scroller.value?.removeEventListener('touchstart', onStart)
    scroller.value?.removeEventListener('touchend', onEnd)
    scroller.value?.removeEventListener('touchcancel', drop)
  })
}
