import { onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'
import type { MarkTool } from './marking.ts'
import type { InkPoint } from './points.ts'

interface Options {
  over: Ref<HTMLElement | null>
  tool: () => MarkTool | null
  /** A finger draws; otherwise it scrolls and pinches, and a pen or a mouse draws. */
  fingerDraws: () => boolean
  /** A finger touched the page with a drawing tool in hand, and scrolled. */
  fingerScrolled(): void
  begin(point: InkPoint, event: PointerEvent): void
  move(points: InkPoint[], event: PointerEvent): void
  end(): void
  cancel(): void
}

/** So long a finger rests before it marks words although fingers scroll. */
const longPress = 450
/** So long after the pen has left, a hand on the glass is still the hand that held it. */
const palmTime = 400

/** What a hand does on a page: pen and mouse draw, fingers scroll unless asked to draw, a second finger is a pinch, a resting palm is nothing. */
export function useHand({ over, tool, fingerDraws, fingerScrolled, begin, move, end, cancel }: Options) {
  const drawing = shallowRef<number | null>(null)
  /** A pen hovers over the page: where it touches it shall draw, so the browser must not scroll by it. */
  const penNear = shallowRef(false)
  let penAt = -Infinity
  let pressing: ReturnType<typeof setTimeout> | undefined
  let pressedAt = { x: 0, y: 0 }
  let leaving: ReturnType<typeof setTimeout> | undefined
  let lastPinch: { x: number; y: number } | null = null

  const drags = () => tool() === 'pen' || tool() === 'highlighter' || tool() === 'eraser'

  function pointOf(event: PointerEvent): InkPoint {
    const box = over.value?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0, pressure: 0.5 }
    const pressure = event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 0.5
    return { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height), pressure }
  }

  function start(event: PointerEvent): void {
    drawing.value = event.pointerId
    over.value?.setPointerCapture?.(event.pointerId)
    begin(pointOf(event), event)
  }

  /** A hand that holds a pen is never quite still: when nothing is heard of it any more, fingers scroll again. */
  function hover(event: PointerEvent): void {
    clearTimeout(leaving)
    penNear.value = event.pointerType === 'pen' && event.type !== 'pointerleave'
    if (event.pointerType !== 'pen') return
    penAt = event.timeStamp
    leaving = setTimeout(() => (penNear.value = drawing.value !== null), 1_000)
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType === 'pen') hover(event)
    if (!drags() || drawing.value !== null || event.button > 0) return
    if (event.pointerType !== 'touch') {
      event.preventDefault()
      return start(event)
    }
    if (event.timeStamp - penAt < palmTime || !event.isPrimary) return
    if (fingerDraws()) return start(event)
    pressedAt = { x: event.clientX, y: event.clientY }
    if (tool() === 'highlighter') pressing = setTimeout(() => start(event), longPress)
  }

  function onMove(event: PointerEvent): void {
    hover(event)
    if (drawing.value === event.pointerId) {
      const all = event.getCoalescedEvents?.() ?? []
      return move((all.length > 0 ? all : [event]).map(pointOf), event)
    }
    if (event.pointerType !== 'touch' || Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) < 10) return
    clearTimeout(pressing)
    if (drags() && !fingerDraws() && event.buttons > 0) fingerScrolled()
  }

  function onUp(event: PointerEvent): void {
    clearTimeout(pressing)
    if (drawing.value !== event.pointerId) return
    drawing.value = null
    end()
  }

  function onCancel(event: PointerEvent): void {
    clearTimeout(pressing)
    // The browser has taken the finger for scrolling.
    if (event.pointerType === 'touch' && drags() && !fingerDraws()) fingerScrolled()
    if (drawing.value !== event.pointerId) return
    drawing.value = null
    cancel()
  }

  function onTouchStart(event: TouchEvent): void {
    const stylus = [...event.touches].some((touch) => (touch as Touch & { touchType?: string }).touchType === 'stylus')
    const palm = event.timeStamp - penAt < palmTime
    if (event.touches.length > 1 && drawing.value !== null && fingerDraws()) {
      drawing.value = null
      cancel()
    }
    lastPinch = null
    // A pen draws where fingers scroll, and the browser must hear so before it scrolls.
    if (drags() && (stylus || palm || (fingerDraws() && event.touches.length === 1))) event.preventDefault()
  }

  function onTouchMove(event: TouchEvent): void {
    if (drawing.value !== null) return event.preventDefault()
    if (!fingerDraws() || event.touches.length !== 2) return
    const [one, two] = [event.touches[0] as Touch, event.touches[1] as Touch]
    const middle = { x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2 }
    // Where one finger draws, two move the paper as well as zooming it.
    if (lastPinch) over.value?.closest('.paper-scroller')?.scrollBy({ left: lastPinch.x - middle.x, top: lastPinch.y - middle.y, behavior: 'instant' })
    lastPinch = middle
  }

  const pointerEvents = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onCancel, pointerleave: hover } as const
  onMounted(() => {
    for (const [name, listener] of Object.entries(pointerEvents)) over.value?.addEventListener(name, listener as EventListener)
    over.value?.addEventListener('touchstart', onTouchStart, { passive: false })
    over.value?.addEventListener('touchmove', onTouchMove, { passive: false })
  })
  onBeforeUnmount(() => {
    clearTimeout(pressing)
    clearTimeout(leaving)
  })

  return { drawing, penNear }
}

const within = (value: number) => Math.min(1, Math.max(0, value))
