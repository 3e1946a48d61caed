import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { failureSentence } from '../../http.ts'
import { toast } from '../../ui/toasts.ts'
import type { CopyForm } from './address.ts'
import { fetchCopy, keepFile, useSaving } from './saving.ts'

/** Whether a copy is on its way; one at a time, wherever it was asked for. */
const taking = ref(false)

/** Fetches a copy of a paper and hands it to the browser, saying how it goes. */
export function useTaking() {
  const saving = useSaving()
  const { t } = useI18n()

  async function take(paper: Paper, form: CopyForm, name: string): Promise<void> {
    if (taking.value) return
    taking.value = true
    toast(t('paperDesk.preparing', { name }))
    const answer = await fetchCopy(saving.url(paper, form))
    taking.value = false
    if (!answer.ok) return void toast(failureSentence(answer, t('common.offline')), { tone: 'bad' })
    keepFile(answer.data, name)
    toast(t('paperDesk.saved', { name }))
  }
  return { take, taking }
}
