import { computed, nextTick, onBeforeUnmount, onMounted, ref, shallowRef, triggerRef, watch, type Ref } from 'vue'
import { keepSame, layOut, pageInView, pagesWanted, placeAt, regionInView, scrollTopOf, type Layout, type Place } from './layout.ts'
import { factorOf, gap, limited, stepFrom, type PageSize, type SharedZoom, type Viewport, type Zoom } from './zoom.ts'

/** What `show` is told, and what `shown` tells: a place, and how large. */
export interface Shown extends Place { zoom: SharedZoom }

interface Options {
  scroller: Ref<HTMLElement | null>
  pages: () => number
  start: { place: Place; zoom: Zoom }
  /** One page at a time. */
  single?: () => boolean
  onUserMoved(): void
}

/** A point of a page (0–1) that stays at a point of the screen (pixels from its upper left corner) while sizes change. */
interface Anchor { page: number; x: number; y: number; atX: number; atY: number }

/** A4, until the paper has told. */
const assumedSize: PageSize = { width: 595, height: 842 }

/** Page sizes, zoom and place of the reader: what is on the screen, and what keeps still when something changes. */
export function useReading({ scroller, pages, start, single, onUserMoved }: Options) {
  const sizes = shallowRef<(PageSize | undefined)[]>([])
  const zoom = shallowRef<Zoom>(start.zoom)
  const viewport = shallowRef<Viewport>({ width: 800, height: 1000 })
  const scroll = shallowRef({ top: 0, left: 0 })
  const leading = ref(start.place.page)
  let anchor: Anchor = anchorOf(start.place)
  /** Where we have put the scroller ourselves; any other position is the reader's doing. */
  let expected = { top: 0, left: 0 }
  let settled = false
  let again = 0
  /** Where `show` was told to go, until the reader moves: the end of the paper may keep the screen from getting there. */
  const held = shallowRef<Place | null>(start.place)

  const fullSizes = computed(() => {
    const known = sizes.value.find(Boolean) ?? assumedSize
    return Array.from({ length: pages() }, (_, index) => sizes.value[index] ?? known)
  })
  const layout = computed<Layout>((before) => keepSame(layOut(fullSizes.value, zoom.value, viewport.value, leading.value, single?.()), before))
  const place = computed(() => held.value ?? placeAt(layout.value, scroll.value.top))
  const pageNow = computed(() => layout.value.only ?? (held.value && held.value.top < 0.5 ? held.value.page : pageInView(layout.value, scroll.value.top, viewport.value)))
  const wanted = computed(() => pagesWanted(layout.value, scroll.value.top, viewport.value))
  const factor = computed(() => factorOf(zoom.value, fullSizes.value[pageNow.value - 1] ?? assumedSize, viewport.value))
  const shown = computed<Shown>(() => ({
    ...place.value,
    zoom: typeof zoom.value === 'number' ? regionInView(layout.value, pageNow.value, scroll.value, viewport.value) : zoom.value,
    ...(typeof zoom.value === 'number' ? { page: pageNow.value, top: regionInView(layout.value, pageNow.value, scroll.value, viewport.value).y } : {}),
  }))

  function anchorOf({ page, top }: Place): Anchor {
    return { page, x: 0.5, y: top, atX: viewport.value.width / 2, atY: gap }
  }

  /** The point of the paper under a point of the screen. */
  function anchorAt(atX: number, atY: number): Anchor {
    const at = placeAt(layout.value, scroll.value.top + atY - gap)
    const box = layout.value.boxes[at.page - 1]
    return { page: at.page, x: box ? (scroll.value.left + atX - box.left) / box.width : 0.5, y: at.top, atX, atY }
  }

  function moveTo(target: { top: number; left: number }): void {
    const element = scroller.value
    if (!element) return
    element.scrollTo({ top: target.top, left: target.left, behavior: 'instant' })
    expected = { top: element.scrollTop, left: element.scrollLeft }
    scroll.value = expected
    // Where somebody else leads, the column may still have its old size: it is gone to once more when it is as large as it is laid out.
    const { width, height } = layout.value
    const short = element.clientWidth > 0 && (element.scrollWidth < width - 2 || element.scrollHeight < height - 2)
    cancelAnimationFrame(again)
    if (short) again = requestAnimationFrame(applyAnchor)
  }

  function applyAnchor(): void {
    const box = layout.value.boxes[anchor.page - 1]
    if (!box || !settled) return
    moveTo({ top: Math.max(0, box.top + anchor.y * box.height - anchor.atY), left: Math.max(0, box.left + anchor.x * box.width - anchor.atX) })
  }

  watch(layout, applyAnchor, { flush: 'post' })

  function onScroll(): void {
    const element = scroller.value
    if (!element) return
    const now = { top: element.scrollTop, left: element.scrollLeft }
    const byReader = Math.abs(now.top - expected.top) > 1 || Math.abs(now.left - expected.left) > 1
    scroll.value = now
    if (!byReader) return
    expected = now
    held.value = null
    // The place under the reader's eyes keeps still from now on; in a gap, the page below it.
    anchor = anchorOf(placeAt(layout.value, now.top))
    const box = layout.value.boxes[anchor.page - 1]
    if (box) anchor.x = (now.left + anchor.atX - box.left) / box.width
    onUserMoved()
  }

  /** Goes to a place without counting as the reader's own move. */
  function show(target: Place & { zoom?: Zoom | undefined }): void {
    const page = Math.min(Math.max(1, Math.round(target.page)), Math.max(1, pages()))
    leading.value = page
    if (target.zoom !== undefined) zoom.value = target.zoom
    const region = typeof zoom.value === 'object' ? zoom.value : null
    held.value = { page, top: Math.min(1, Math.max(0, target.top)) }
    anchor = region && target.zoom !== undefined ? { page, x: region.x, y: region.y, atX: 0, atY: 0 } : anchorOf(held.value)
    void nextTick(applyAnchor)
  }

  /** The reader goes somewhere by a control or key of ours. */
  function goTo(target: Place): void {
    show(target)
    onUserMoved()
  }

  /** False: there is no further to go on this page. */
  function scrollBy(screens: number): boolean {
    const element = scroller.value
    if (!element) return true
    const before = element.scrollTop
    element.scrollBy({ top: screens * element.clientHeight, behavior: 'instant' })
    if (element.scrollTop === before) return false
    onScroll()
    return true
  }

  /** The reader zooms; the point of the screen under his finger keeps still. */
  function zoomTo(next: Zoom, at?: { x: number; y: number }): void {
    const point = at ?? { x: viewport.value.width / 2, y: typeof next === 'string' ? gap : viewport.value.height / 2 }
    const page = pageNow.value
    held.value = null
    anchor = next === 'fitPage' ? anchorOf({ page, top: 0 }) : anchorAt(point.x, point.y)
    leading.value = page
    zoom.value = typeof next === 'number' ? limited(next) : next
    onUserMoved()
  }

  const zoomStep = (direction: 1 | -1): void => zoomTo(stepFrom(factor.value, direction))

  function setSize(page: number, size: PageSize): void {
    const known = sizes.value[page - 1]
    if (known && known.width === size.width && known.height === size.height) return
    sizes.value[page - 1] = size
    triggerRef(sizes)
  }

  let watcher: ResizeObserver | undefined
  onMounted(() => {
    const element = scroller.value as HTMLElement
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      if (width === 0 || height === 0) return
      if (width !== viewport.value.width || height !== viewport.value.height) {
        if (settled) anchor = { ...anchor, atX: anchor.atX * width / viewport.value.width }
        viewport.value = { width, height }
      }
      if (settled) return
      settled = true
      anchor.atX = width / 2
      void nextTick(applyAnchor)
    }
    measure()
    watcher = new ResizeObserver(measure)
    watcher.observe(element)
  })
  onBeforeUnmount(() => {
    watcher?.disconnect()
    cancelAnimationFrame(again)
  })

  return { layout, viewport, zoom, factor, place, pageNow, wanted, shown, scroll, setSize, show, goTo, scrollBy, zoomTo, zoomStep, onScroll, scrollTopOf }
}
