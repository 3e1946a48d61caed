import { reactive, watch } from 'vue'

/** Sizes of the text in reading mode, points on a screen of 96 pixels to the inch (issue: 18 to 32). */
export const textSizes = [18, 21, 24, 28, 32] as const

export interface ReaderSettings {
  /** `print`: pages as they are printed; `text`: the words, large, as long as the screen is wide. */
  mode: 'print' | 'text'
  textSize: typeof textSizes[number]
  /** `scroll`: all pages one below the other; `single`: one at a time. */
  turning: 'scroll' | 'single'
  /** The hand that holds the pen: what it needs stands on its side. */
  hand: 'right' | 'left'
  /** Of buttons for turning and tools. */
  controls: 'compact' | 'large'
}

const key = 'giao-ban.reader'
const one = <T>(value: unknown, among: readonly T[]): T => (among.includes(value as T) ? value : among[0]) as T

function load(): ReaderSettings {
  let kept: Partial<Record<keyof ReaderSettings, unknown>> = {}
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? '{}') as typeof kept
  } catch { /* Storage is shut (private windows): the choices last as long as the page. */ }
  return {
    mode: one(kept.mode, ['print', 'text']), textSize: one(kept.textSize, [21, 18, 24, 28, 32]), turning: one(kept.turning, ['scroll', 'single']),
    hand: one(kept.hand, ['right', 'left']), controls: one(kept.controls, ['compact', 'large']),
  }
}

const settings = reactive(load())
watch(settings, () => {
  try {
    localStorage.setItem(key, JSON.stringify(settings))
  } catch { /* see load() */ }
})

/** How papers are read on this device; one choice for all readers on the page. */
export const useReaderSettings = (): ReaderSettings => settings
