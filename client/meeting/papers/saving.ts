import type { Refusal } from '../../../shared/contracts/refusal.ts'
import { downloadRefusal } from '../../../shared/meeting/papers/rules.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { readAnswer, type HttpAnswer } from '../../http.ts'
import { currentLanguage } from '../../i18n/index.ts'
import { useMeetingStore } from '../store.ts'
import { copyUrl, type CopyForm } from './address.ts'

/** A copy to keep, from the hub; `come` is told how many of its bytes have arrived, of how many. Never throws. */
export async function fetchCopy(url: string, come?: (bytes: number, of: number) => void): Promise<HttpAnswer<Blob>> {
  try {
    const response = await fetch(url, { headers: { 'Accept-Language': currentLanguage() }, cache: 'no-store' })
    if (!response.ok) return readAnswer<Blob>(response.status, await response.json())
    return { ok: true, data: come && response.body ? await gathered(response, response.body, come) : await response.blob() }
  } catch {
    return { ok: false, kind: 'unreachable' }
  }
}

async function gathered({ headers }: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>, come: (bytes: number, of: number) => void): Promise<Blob> {
  let bytes = 0
  const size = Number(headers.get('content-length'))
  const counted = body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, out) {
      come((bytes += part.length), size)
      out.enqueue(part)
    },
  }))
  return new Response(counted, { headers: { 'content-type': headers.get('content-type') ?? '' } }).blob()
}

/** Hands a file to the browser, which keeps it where it keeps downloads. */
export function keepFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Why no copy of a paper may be kept here; null: it may. */
export function useSaving() {
  const meeting = useMeetingStore()
  const refusal = (): Refusal | null => (meeting.view && meeting.me ? downloadRefusal(meeting.view, meeting.me) : null)
  const url = (paper: Paper, form: CopyForm) => copyUrl(meeting.view?.meetingId ?? '', paper.paperId, paper.version, form)

  /** The bytes that something kept of a paper is made of: what was read (`plain`), or a stamped copy where the meeting asks for one; else why not. */
  async function bytesToKeep(paper: Paper, plain: () => Promise<Uint8Array>): Promise<Uint8Array | Exclude<HttpAnswer<Blob>, { ok: true }> | Refusal> {
    const wrong = refusal()
    if (wrong) return wrong
    if (!meeting.view?.paperRules.watermark) return plain()
    const answer = await fetchCopy(url(paper, 'download'))
    return answer.ok ? new Uint8Array(await answer.data.arrayBuffer()) : answer
  }
  return { refusal, url, bytesToKeep }
}
