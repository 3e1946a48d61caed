import type { useI18n } from 'vue-i18n'
import type { PaperVersion } from '../../../shared/meeting/papers/state.ts'
import { pageList } from './pages.ts'

/** "Bản mới (bản 2), khác ở trang 3, 7"; without pages while the hub is still comparing, or cannot. */
export function versionText(t: ReturnType<typeof useI18n>['t'], { version, changedPages }: PaperVersion): string {
  if (changedPages === null) return t('papers.newVersion', { version })
  return changedPages.length === 0 ? t('papers.newVersionSame', { version }) : t('papers.newVersionPages', { version, pages: pageList(changedPages) })
}
