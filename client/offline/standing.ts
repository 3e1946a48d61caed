import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePackage } from './package.ts'

/** How much of the meeting is on this device, in numbers and in words. */
export function usePackageStanding() {
  const shown = usePackage()
  const { t } = useI18n()
  const all = computed(() => [...shown.papers.values()])
  const done = computed(() => all.value.filter(({ status }) => status === 'complete').length)
  const bytes = computed(() => all.value.reduce((sum, paper) => sum + paper.bytes, 0))
  const size = computed(() => all.value.reduce((sum, paper) => sum + paper.size, 0))
  const words = computed(() => t(`offline.standing.${shown.status}`, { done: done.value, all: all.value.length }))
  return { done, bytes, size, words }
}
