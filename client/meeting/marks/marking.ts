import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { InkLayer } from '../../../shared/contracts/collab.ts'
import type { Anchor } from '../../../shared/papers/anchor.ts'
import type { Highlight } from '../../pdf/reading-mode/blockText.ts'
import type { SelectedQuote } from '../../pdf/reading-mode/selectedQuote.ts'
import { useReaderSettings } from '../../pdf/readerSettings.ts'
import type { MarkLayers, ShownMark } from './layers.ts'
import type { MarkColour } from './mark.ts'

export type MarkTool = 'pen' | 'highlighter' | 'note' | 'eraser'

/** Words that can be marked now, by a tap; `rectangle`: where they stand on the screen. `shown`: a mark that was touched. */
export interface Choice { rectangle: DOMRect; anchors(): Promise<Anchor[]>; shown: ShownMark | null; byKeyboard: boolean }

/** A text note in its box: one that is there, or a new one that is not yet. */
export type EditedNote = { shown: ShownMark } | { anchor: Anchor }

const fingerKey = 'giao-ban.finger-draws'

function readFinger(): boolean | null {
  try {
    const kept = localStorage.getItem(fingerKey)
    return kept === null ? null : kept === 'yes'
  } catch {
    return null
  }
}

/** What this person is marking with, and where it goes. Knows nothing of documents, so that the page need not wait for them. */
export const useMarking = defineStore('marking', () => {
  const readerSettings = useReaderSettings()
  const open = ref(false)
  const tool = ref<MarkTool | null>(null)
  const penColour = ref<MarkColour>('blue')
  const highlighterColour = ref<MarkColour>('yellow')
  /** Where new marks go. Private each time the tools are taken out again: nobody shares by mistake. */
  const layer = ref<InkLayer>('private')
  /** A finger draws instead of scrolling; null: this person has not been asked. */
  const finger = ref<boolean | null>(readFinger())
  /** The page has just been touched with the pen tool by a finger: is that what was meant? */
  const fingerAsked = ref(false)
  const othersShown = ref(true)
  const listOpen = ref(false)
  const layersOpen = ref(false)
  const note = shallowRef<EditedNote | null>(null)
  /** A mark from the tray that is being put in its place by a tap on the page. */
  const placing = shallowRef<ShownMark | null>(null)
  /** Where the reader should go. */
  const target = shallowRef<{ page: number; top: number } | null>(null)
  const layers = shallowRef<MarkLayers | null>(null)
  /** Between reading mode and the notes: what is marked in the text; what was selected, and touched, there. */
  const inText = shallowRef<readonly Highlight[]>([])
  const selected = shallowRef<{ quote: SelectedQuote; whole: boolean } | null>(null)
  const touched = shallowRef<{ id: string; below: boolean } | null>(null)
  const choice = shallowRef<Choice | null>(null)

  const colour = computed(() => (tool.value === 'highlighter' ? highlighterColour.value : penColour.value))

  watch(finger, (now) => {
    try {
      if (now !== null) localStorage.setItem(fingerKey, now ? 'yes' : 'no')
    } catch {
      // A device that keeps nothing asks again.
    }
  })

  function start(): void {
    open.value = true
    tool.value ??= readerSettings.mode === 'text' ? 'highlighter' : 'pen'
  }
  function finish(): void {
    open.value = false
    tool.value = null
    layer.value = 'private'
    placing.value = choice.value = null
    fingerAsked.value = false
  }

  return {
    open, tool, penColour, highlighterColour, colour, layer, finger, fingerAsked, othersShown, listOpen, layersOpen, note, placing, target, layers,
    inText, selected, touched, choice,
    start, finish,
  }
})
