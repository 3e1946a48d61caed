import { until } from '@vueuse/core'
import { ref, watch } from 'vue'

/** Milliseconds that the hub's picture of the page may have line and processor to itself. */
const headStart = 700

/** The hub's picture comes before the engine and the paper's bytes: on a slow line they would share it, and nothing could be read for longer. */
export function usePictureFirst(hasPicture: () => boolean, url: () => string) {
  /** The picture stands. */
  const legible = ref(false)
  /** It stands, or it will not come. */
  const settled = ref(false)
  watch(url, () => { legible.value = settled.value = false })
  return {
    legible,
    /** Resolves when the paper's turn has come. */
    over: async (): Promise<unknown> => hasPicture() && until(settled).toBe(true, { timeout: headStart }),
    onLegible: () => { legible.value = settled.value = true },
    onMissing: () => { settled.value = true },
  }
}
