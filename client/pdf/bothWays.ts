import { computed, nextTick, shallowRef, watch, type Ref } from 'vue'
import type { Place } from './layout.ts'
import type { ReaderSettings } from './readerSettings.ts'
import type { Shown, useReading } from './reading.ts'

/** The mounted reading mode, as the reader speaks to it. */
export interface TextView { show(place: Place): void; scrollBy(screens: number): void; focus(): void }

interface Options {
  reading: ReturnType<typeof useReading>
  settings: ReaderSettings
  start: Place
  view: Readonly<Ref<TextView | null>>
  /** Reading mode is wanted for the first time. */
  onText(): void
}

/** One place for both ways of reading, printed pages and text: whoever changes over is where he was. */
export function useBothWays({ reading, settings, start, view, onText }: Options) {
  const asText = computed(() => settings.mode === 'text')
  const textPlace = shallowRef<Place>(start)
  const place = computed(() => (asText.value ? textPlace.value : reading.place.value))
  const pageNow = computed(() => (asText.value ? textPlace.value.page : reading.pageNow.value))
  const shown = computed<Shown>(() => (asText.value ? { ...textPlace.value, zoom: 'fitWidth' } : reading.shown.value))

  watch(asText, text => {
    if (text) {
      textPlace.value = reading.place.value
      onText()
    } else {
      void nextTick(() => reading.show(textPlace.value))
    }
  }, { flush: 'sync' })
  if (asText.value) onText()

  function showText(to: Place): void {
    textPlace.value = to
    view.value?.show(to)
  }

  return { asText, textPlace, place, pageNow, shown, showText }
}
