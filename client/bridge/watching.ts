import { onScopeDispose, shallowRef, watch } from 'vue'
import type { MediaAnswers, MediaReport, MediaRequests } from '../../shared/contracts/media.ts'
import { MediaLine } from '../connection/media-line.ts'
import { sentenceOf } from '../meeting/sentence.ts'
import { useMeetingStore } from '../meeting/store.ts'
import { toast } from '../ui/toasts.ts'
import { t } from '../i18n/index.ts'

/** Asks for the doors and cameras of sites; null when it was refused, which has been told. */
export type AskMedia = <T extends 'media:doors' | 'media:makeToken' | 'media:revokeToken' | 'media:startCamera' | 'media:stopCamera'>(type: T, data: MediaRequests[T]) => Promise<(T extends keyof MediaAnswers ? MediaAnswers[T] : object) | null>

/** What technicians are told of all lines, for as long as this is looked at, and what they may ask of an endpoint. */
export function useWatching() {
  const meeting = useMeetingStore()
  const report = shallowRef<MediaReport | null>(null)
  const codes = shallowRef<MediaAnswers['media:codes']['codes']>([])
  let line: MediaLine | null = null
  let stop = () => {}

  function begin(): void {
    stop()
    const socket = meeting.socket()
    if (!socket) return
    line = new MediaLine(socket)
    stop = line.on('media:report', (next) => (report.value = next))
    void line.request('media:watch', { on: true })
    void line.request('media:codes', {}).then((answer) => answer.ok && (codes.value = answer.data.codes))
  }

  /** Tells why when it was not done. */
  async function ask<T extends 'media:act' | 'media:tellTechnician'>(type: T, data: MediaRequests[T]): Promise<boolean> {
    const answer = (await line?.request(type, data)) ?? { ok: false as const, refusal: null }
    if (!answer.ok) toast(answer.refusal ? sentenceOf(answer.refusal) : t('bridge.unanswered'), { tone: 'bad' })
    return answer.ok
  }

  const askDoors: AskMedia = async (type, data) => {
    const answer = (await line?.request(type, data)) ?? { ok: false as const, refusal: null }
    if (answer.ok) return answer.data as never
    toast(answer.refusal ? sentenceOf(answer.refusal) : t('bridge.unanswered'), { tone: 'bad' })
    return null
  }

  watch(() => meeting.isLive, (live) => {
    if (live) begin()
    else report.value = null
  }, { immediate: true })
  onScopeDispose(() => {
    stop()
    void line?.request('media:watch', { on: false })
  })
  return { report, codes, ask, askDoors }
}
