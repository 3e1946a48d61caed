import { computed, onBeforeUnmount, watch, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Highlight } from '../../pdf/reading-mode/blockText.ts'
import { useReaderSettings } from '../../pdf/readerSettings.ts'
import { useMeetingStore } from '../store.ts'
import { usePaperComments } from './comments.ts'
import type { ShownMark } from './layers.ts'
import { boundsOf, colourValues } from './mark.ts'
import { useMarking } from './marking.ts'

const keyOf = ({ ownerId, layer, mark }: ShownMark) => `${ownerId} ${layer} ${mark.id}`
const comment = 'comment '

/** The same marks in reading mode: washes and notes on their words, ink where the words are that it was drawn over. */
export function useTextMarks(): void {
  const marking = useMarking()
  const meeting = useMeetingStore()
  const settings = useReaderSettings()
  const { comments, version } = usePaperComments()
  const { t } = useI18n()

  const shown = computed(() => (marking.layers?.all ?? []).filter(({ own, mark }) => (own || marking.othersShown) && !mark.unplaced && mark.kind !== 'tombstone'))

  function highlightOf(one: ShownMark): Highlight {
    const { mark, own, layer, ownerId } = one
    const { page, quote } = mark.anchor
    const label = own ? t('marks.inText.own', { layer: t(`marks.layer.${layer}.short`) }) : t('marks.note.of', { name: meeting.nameOf(ownerId) })
    return {
      id: keyOf(one), page, exact: quote?.exact ?? '', prefix: quote?.prefix ?? '', suffix: quote?.suffix ?? '', colour: colourValues[mark.colour], top: boundsOf(mark)?.y ?? 0,
      label: mark.kind === 'stroke' && own ? t('marks.you') : mark.kind === 'stroke' ? meeting.nameOf(ownerId) : label,
      look: mark.kind === 'stroke' ? 'ink' : mark.kind === 'note' ? 'note' : 'wash', ...(mark.kind === 'note' ? { text: own ? mark.text : `${meeting.nameOf(ownerId)}: ${mark.text}` } : {}),
    }
  }

  watchEffect(() => {
    const formal = comments.value.filter((one) => one.version === version.value && one.withdrawnAt === null).map(({ commentId, personId, anchor: { page, quote, boxes }, text }): Highlight => ({
      id: comment + commentId, page, exact: quote?.exact ?? '', prefix: quote?.prefix ?? '', suffix: quote?.suffix ?? '', colour: '#a5193f', top: boxes[0]?.y ?? 0,
      label: t('marks.openComment', { name: meeting.nameOf(personId) }), look: 'note', text: `${t('marks.openComment', { name: meeting.nameOf(personId) })}: ${text}`,
    }))
    marking.inText = settings.mode === 'text' ? [...shown.value.map(highlightOf), ...formal] : []
  })

  onBeforeUnmount(() => (marking.inText = []))

  watch(() => marking.touched, (touched) => {
    if (!touched) return
    marking.touched = null
    if (touched.id.startsWith(comment)) return void (marking.listOpen = true)
    const one = shown.value.find((each) => keyOf(each) === touched.id)
    if (!one) return
    if (marking.tool === 'eraser' && one.own && !touched.below) return marking.layers?.remove([one])
    if (one.mark.kind === 'note') return void (marking.note = { shown: one })
    if (touched.below) {
      // What was drawn is seen where it was drawn: on the printed page.
      settings.mode = 'print'
      marking.target = { page: one.mark.anchor.page, top: Math.max(0, (boundsOf(one.mark)?.y ?? 0) - 0.1) }
      return
    }
    const rectangle = document.querySelector(`[data-mark="${CSS.escape(touched.id)}"]`)?.getBoundingClientRect()
    if (rectangle && getSelection()?.isCollapsed !== false) marking.choice = { rectangle, anchors: () => Promise.resolve([one.mark.anchor]), shown: one, byKeyboard: false }
  })
}
