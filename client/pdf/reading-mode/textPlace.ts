import { onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'
import type { Block } from '../../../shared/papers/contents.ts'
import type { Place } from '../layout.ts'

interface Options {
  scroller: Ref<HTMLElement | null>
  article: Ref<HTMLElement | null>
  blocks: () => readonly Block[]
  start: Place
  /** `byReader`: by his own hand. */
  onMoved(place: Place, byReader: boolean): void
}

/** Room above the line that counts as the place one is at, pixels. */
const margin = 24

/** Where in the text one is, as a place of the printed paper, so that both ways of reading stay together. */
export function useTextPlace({ scroller, article, blocks, start, onMoved }: Options) {
  const place = shallowRef<Place>(start)
  let expected = 0

  const elements = (): HTMLElement[] => [...(article.value?.querySelectorAll<HTMLElement>('[data-block]') ?? [])]
  const blockOf = (element: HTMLElement | undefined): Block | undefined => blocks()[Number(element?.dataset['block'] ?? 0) - 1]

  /** The first element that reaches below the upper edge. Their order on the screen is that of the text. */
  function atTop(edge: number): HTMLElement | undefined {
    const all = elements()
    let [low, high] = [0, all.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((all[middle] as HTMLElement).getBoundingClientRect().bottom > edge) high = middle
      else low = middle + 1
    }
    return all[low]
  }

  function placeNow(): Place {
    const edge = (scroller.value?.getBoundingClientRect().top ?? 0) + margin
    const element = atTop(edge)
    const block = blockOf(element)
    if (!element || !block) return place.value
    const { top, height } = element.getBoundingClientRect()
    const share = height > 0 ? Math.min(1, Math.max(0, (edge - top) / height)) : 0
    const pages = (block.endPage ?? block.page) - block.page + 1
    if (pages === 1) return { page: block.page, top: Math.min(1, block.box.y + share * block.box.height) }
    const along = Math.min(share * pages, pages - 0.001)
    return { page: block.page + Math.floor(along), top: along < 1 ? Math.min(1, block.box.y + along * (1 - block.box.y)) : along % 1 }
  }

  /** The element and the share of it at which a place of the paper stands. */
  function spotOf({ page, top }: Place): { element: HTMLElement; share: number } | null {
    const all = blocks()
    const before = all.findLastIndex(block => block.page < page || (block.page === page && block.box.y <= top + 0.002))
    let block = all[Math.max(0, before)]
    let share = 0
    if (block && block.page === page) share = block.box.height > 0 ? (top - block.box.y) / block.box.height : 0
    else if (block && (block.endPage ?? block.page) >= page) share = (page - block.page + top) / ((block.endPage ?? block.page) - block.page + 1)
    else if (before >= 0) block = all[before + 1] ?? block
    // Between two blocks the later one is meant.
    if (share > 1 && all[before + 1]?.page === page) [block, share] = [all[before + 1], 0]
    const element = article.value?.querySelector<HTMLElement>(`[data-block="${block?.id}"]`)
    return element ? { element, share: Math.min(1, Math.max(0, share)) } : null
  }

  function apply(): void {
    const home = scroller.value
    const spot = spotOf(place.value)
    if (!home || !spot) return
    // At its beginning a page shows its number too.
    const section = spot.share === 0 ? spot.element.closest<HTMLElement>('[data-reading-page]') : null
    const first = section?.querySelector('[data-block]') === spot.element
    const { top, height } = (first ? section : spot.element).getBoundingClientRect()
    home.scrollTo({ top: home.scrollTop + top - home.getBoundingClientRect().top + (first ? 0 : spot.share * height - margin), behavior: 'instant' })
    expected = home.scrollTop
  }

  function onScroll(): void {
    const home = scroller.value
    if (!home || Math.abs(home.scrollTop - expected) <= 1.5) return
    expected = home.scrollTop
    place.value = placeNow()
    onMoved(place.value, true)
  }

  /** Goes to a place; what is laid out only when it is near the screen may change its height on the way. */
  function show(target: Place): void {
    place.value = target
    apply()
    requestAnimationFrame(() => { if (place.value === target) apply() })
    onMoved(target, false)
  }

  function scrollBy(screens: number): void {
    const home = scroller.value
    home?.scrollBy({ top: screens * home.clientHeight, behavior: 'instant' })
    onScroll()
  }

  // Letters that arrive, another size, a turned tablet: the line under the reader's eyes keeps still.
  let watcher: ResizeObserver | undefined
  onMounted(() => {
    watcher = new ResizeObserver(apply)
    if (article.value) watcher.observe(article.value)
    if (scroller.value) watcher.observe(scroller.value)
    apply()
  })
  onBeforeUnmount(() => watcher?.disconnect())

  return { place, show, scrollBy, onScroll }
}
