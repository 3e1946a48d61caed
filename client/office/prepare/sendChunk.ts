import type { UploadState } from '../../../shared/contracts/http/papers.ts'
import { readAnswer, type HttpAnswer } from '../../http.ts'
import { currentLanguage } from '../../i18n/index.ts'

/** PUTs bytes and tells how many have left; XMLHttpRequest, because `fetch` does not tell. Never rejects. */
export function sendChunk(url: string, chunk: Blob, onProgress: (loaded: number) => void): Promise<HttpAnswer<UploadState>> {
  return new Promise(resolve => {
    const xhr = new XMLHttpRequest()
    xhr.open('PUT', url)
    xhr.setRequestHeader('Content-Type', 'application/octet-stream')
    xhr.setRequestHeader('Accept-Language', currentLanguage())
    xhr.upload.onprogress = event => onProgress(event.loaded)
    xhr.onload = () => resolve(readAnswer<UploadState>(xhr.status, parse(xhr.responseText)))
    xhr.onerror = xhr.onabort = xhr.ontimeout = () => resolve({ ok: false, kind: 'unreachable' })
    // Checking a large scan takes the hub a while after the last byte.
    xhr.timeout = 180_000
    xhr.send(chunk)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
