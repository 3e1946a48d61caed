import { onBeforeUnmount, onMounted, type Ref } from 'vue'

interface Keys {
  root: Ref<HTMLElement | null>
  nextPage(): void
  previousPage(): void
  firstPage(): void
  lastPage(): void
  /** Parts of a screen, down positive. */
  scrollBy(screens: number): void
  zoomStep(direction: 1 | -1): void
  fitWidth(): void
  search(): void
}

const typedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Keys of the reader. They work while nothing else on the page has the focus; Ctrl+F always, because the browser's own search sees only the pages being drawn. */
export function useReaderKeys({ root, ...act }: Keys): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey) return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f' && !event.shiftKey) {
      if (root.value?.offsetParent === null) return
      event.preventDefault()
      act.search()
      return
    }
    if (event.ctrlKey || event.metaKey || typedInto(event.target)) return
    const focus = document.activeElement
    if (focus && focus !== document.body && !root.value?.contains(focus)) return
    const onControl = focus instanceof HTMLButtonElement
    const acts: Record<string, (() => void) | undefined> = {
      'ArrowDown': () => act.scrollBy(0.12),
      'ArrowUp': () => act.scrollBy(-0.12),
      'ArrowRight': act.nextPage,
      'ArrowLeft': act.previousPage,
      'PageDown': () => act.scrollBy(0.9),
      'PageUp': () => act.scrollBy(-0.9),
      ' ': onControl ? undefined : () => act.scrollBy(event.shiftKey ? -0.9 : 0.9),
      'Home': act.firstPage,
      'End': act.lastPage,
      '+': () => act.zoomStep(1),
      '=': () => act.zoomStep(1),
      '-': () => act.zoomStep(-1),
      '0': act.fitWidth,
      '/': act.search,
    }
    const chosen = acts[event.key]
    if (!chosen) return
    event.preventDefault()
    chosen()
  }
  onMounted(() => addEventListener('keydown', onKey))
  onBeforeUnmount(() => removeEventListener('keydown', onKey))
}
