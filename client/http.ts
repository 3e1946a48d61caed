import type { RefusalAnswer } from '../shared/contracts/refusal.ts'
import { currentLanguage } from './i18n/index.ts'

/**
 * What came of a request. A refusal is an answer, not an exception: its sentence is already in the reader's language.
 * `unreachable` means that it is not known whether the hub heard us.
 */
export type HttpAnswer<T> =
  | { ok: true; data: T }
  | { ok: false; kind: 'refused'; status: number; refusal: RefusalAnswer }
  | { ok: false; kind: 'unreachable' }

export interface HttpRequest {
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type RefusalListener = (refusal: RefusalAnswer) => void
const refusalListeners = new Set<RefusalListener>()

/** Tells `listener` of every refusal; the session uses it to notice that it is over. Returns what stops it. */
export function onRefusal(listener: RefusalListener): () => void {
  refusalListeners.add(listener)
  return () => refusalListeners.delete(listener)
}

/** Makes an answer of status and body, the same for `fetch` and for uploads. */
export function readAnswer<T>(status: number, body: unknown): HttpAnswer<T> {
  if (status >= 200 && status < 300) return { ok: true, data: body as T }
  const refusal = body as RefusalAnswer | undefined
  // A proxy in between may answer with a page of its own.
  if (typeof refusal?.code !== 'string') return { ok: false, kind: 'unreachable' }
  for (const listener of refusalListeners) listener(refusal)
  return { ok: false, kind: 'refused', status, refusal }
}

/** Never throws. `path` begins with /api. */
export async function request<T>(method: Method, path: string, { body, signal }: HttpRequest = {}): Promise<HttpAnswer<T>> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': currentLanguage(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    return readAnswer<T>(response.status, text === '' ? {} : parse(text))
  } catch {
    return { ok: false, kind: 'unreachable' }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The sentence to show for an answer that was not ok. */
export function failureSentence(answer: Extract<HttpAnswer<unknown>, { ok: false }>, unreachable: string): string {
  return answer.kind === 'refused' ? answer.refusal.sentence : unreachable
}
