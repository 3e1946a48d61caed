import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { writeLastPlace } from './lastPlace.ts'
import type { Place } from './layout.ts'
import type { Zoom } from './zoom.ts'

/** Remembers where this person is in the paper, a moment after he has come there, and when the page goes. */
export function useKeptPlace(position: () => string | undefined, place: Readonly<Ref<Place>>, zoom: Readonly<Ref<Zoom>>): void {
  let keeping: ReturnType<typeof setTimeout> | undefined
  function keep(): void {
    clearTimeout(keeping)
    const key = position()
    if (key !== undefined) writeLastPlace(key, { ...place.value, zoom: zoom.value })
  }
  watch([place, zoom], () => {
    clearTimeout(keeping)
    keeping = setTimeout(keep, 400)
  })
  onMounted(() => addEventListener('pagehide', keep))
  onBeforeUnmount(() => {
    removeEventListener('pagehide', keep)
    keep()
  })
}
