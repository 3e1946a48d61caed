import { onBeforeUnmount, onMounted, watch } from 'vue'
import type { Anchor } from '../../../shared/papers/anchor.ts'
import type { SelectedQuote } from '../../pdf/reading-mode/selectedQuote.ts'
import { useMarking } from './marking.ts'
import { anchorsOfSelection } from './words.ts'

/** So long a selection rests before something is offered for it: the finger may still be drawing it out. */
const rests = 350

/**
 * Words that somebody selects, on a printed page or in reading mode, can be marked at once: no tool need be taken first. `anchorOf`: where words of
 * reading mode stand on the page.
 */
export function useChoosing(anchorOf: (quote: SelectedQuote) => Promise<Anchor>): void {
  const marking = useMarking()
  let waiting: ReturnType<typeof setTimeout> | undefined
  let pressed = false

  function rectangleNow(): DOMRect | null {
    const selection = getSelection()
    return selection && !selection.isCollapsed && selection.rangeCount > 0 ? selection.getRangeAt(0).getBoundingClientRect() : null
  }

  function offer(): void {
    clearTimeout(waiting)
    const rectangle = rectangleNow()
    if (!rectangle || pressed || !marking.layers) return
    const { selected } = marking
    if (selected && !selected.whole) {
      const { quote } = selected
      marking.choice = { rectangle, anchors: async () => [await anchorOf(quote)], shown: null, byKeyboard: false }
      return
    }
    const anchors = anchorsOfSelection(getSelection())
    if (anchors.length > 0) marking.choice = { rectangle, anchors: () => Promise.resolve(anchors), shown: null, byKeyboard: false }
  }

  function later(): void {
    clearTimeout(waiting)
    if (rectangleNow()) waiting = setTimeout(offer, rests)
    // A piece that was chosen whole, or a mark that was touched, is not selected.
    else if (marking.choice && !marking.choice.shown && !marking.selected?.whole) marking.choice = null
  }

  function onDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('[data-choice]')) return
    pressed = true
    marking.choice = null
  }
  function onUp(): void {
    pressed = false
    later()
  }
  function onScroll(): void {
    // Whoever walks by arrow keys scrolls as he goes: what he has chosen stays, and the focus is in it.
    if (!marking.choice || marking.choice.byKeyboard) return
    marking.choice = null
    later()
  }

  // Words selected in reading mode are told by the reader; a piece chosen whole waits for no finger.
  watch(() => marking.selected, (selected) => {
    if (!selected?.whole || !marking.layers) return later()
    const { quote } = selected
    if (marking.tool === 'note') return void anchorOf(quote).then((anchor) => (marking.note = { anchor }))
    marking.choice = { rectangle: quote.rectangle, anchors: async () => [await anchorOf(quote)], shown: null, byKeyboard: document.activeElement?.hasAttribute('data-block') === true }
  })

  const ended = ['pointerup', 'pointercancel'] as const
  onMounted(() => {
    document.addEventListener('selectionchange', later)
    document.addEventListener('pointerdown', onDown, { capture: true })
    for (const name of ended) document.addEventListener(name, onUp, { capture: true })
    document.addEventListener('scroll', onScroll, { capture: true, passive: true })
    // Selected before this was there.
    later()
  })
  onBeforeUnmount(() => {
    clearTimeout(waiting)
    document.removeEventListener('selectionchange', later)
    document.removeEventListener('pointerdown', onDown, { capture: true })
    for (const name of ended) document.removeEventListener(name, onUp, { capture: true })
    document.removeEventListener('scroll', onScroll, { capture: true })
    marking.choice = marking.selected = marking.touched = null
  })
}
