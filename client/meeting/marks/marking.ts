import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { InkLayer } from '../../../shared/contracts/collab.ts'
import type { Anchor } from '../../../shared/papers/anchor.ts'
import type { MarkLayers, ShownMark } from './layers.ts'
import type { MarkColour } from './mark.ts'

export type MarkTool = 'pen' | 'highlighter' | 'note' | 'eraser'

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
    tool.value ??= 'pen'
  }
  function finish(): void {
    open.value = false
    tool.value = null
    layer.value = 'private'
    placing.value = null
    fingerAsked.value = false
  }

  return {
    open, tool, penColour, highlighterColour, colour, layer, finger, fingerAsked, othersShown, listOpen, layersOpen, note, placing, target, layers,
    start, finish,
  }
})
