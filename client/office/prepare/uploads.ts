import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import type { UploadState } from '../../../shared/contracts/http/papers.ts'
import { request } from '../../http.ts'
import { sendChunk } from './sendChunk.ts'

/** One file on its way to an agenda item. */
export interface Upload {
  uploadId: string
  meetingId: string
  itemId: string
  file: File
  /** Bytes the hub holds, or is just receiving. */
  sent: number
  /** waiting → sending → checking → done; cut: trying again by itself; paused: it gave up trying; refused: `reason` says why. */
  state: 'waiting' | 'sending' | 'checking' | 'cut' | 'paused' | 'refused' | 'done'
  reason: string
}

const chunkSize = 4 * 1024 * 1024
const atOnce = 2
/** Pauses between tries after the line was cut, milliseconds. */
const pauses = [1000, 2000, 4000, 8000, 15_000]

/** Uploads go on while the person works elsewhere on the page, and continue where the line was cut. */
export const useUploads = defineStore('uploads', () => {
  const uploads = shallowReactive(new Map<string, Upload>())
  const busy = computed(() => [...uploads.values()].some(({ state }) => state !== 'done' && state !== 'refused'))

  /** Maps hold immutable entries, so that a change is seen wherever one is shown. */
  function change(uploadId: string, changes: Partial<Upload>): void {
    const upload = uploads.get(uploadId)
    if (upload) uploads.set(uploadId, { ...upload, ...changes })
  }

  function ofItem(meetingId: string, itemId: string): Upload[] {
    return [...uploads.values()].filter(upload => upload.meetingId === meetingId && upload.itemId === itemId)
  }

  function add(meetingId: string, itemId: string, files: Iterable<File>): void {
    for (const file of files) {
      const uploadId = crypto.randomUUID()
      uploads.set(uploadId, { uploadId, meetingId, itemId, file, sent: 0, state: 'waiting', reason: '' })
    }
    startNext()
  }

  function startNext(): void {
    const all = [...uploads.values()]
    const running = all.filter(({ state }) => state === 'sending' || state === 'checking' || state === 'cut').length
    for (const { uploadId } of all.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, atOnce - running))) {
      change(uploadId, { state: 'sending' })
      void run(uploadId).finally(startNext)
    }
  }

  /** Sends chunk after chunk; after a cut asks the hub how far it got. Ends in done, refused or paused, or when it was dropped. */
  async function run(uploadId: string): Promise<void> {
    let failures = 0
    let offset = uploads.get(uploadId)?.sent ?? 0
    for (;;) {
      const upload = uploads.get(uploadId)
      if (!upload) return
      const { meetingId, itemId, file } = upload
      const end = Math.min(offset + chunkSize, file.size)
      const query = new URLSearchParams({ itemId, name: file.name, offset: String(offset), size: String(file.size) })
      const answer = await sendChunk(`/api/meetings/${meetingId}/uploads/${uploadId}?${query}`, file.slice(offset, end), loaded => {
        const sent = offset + loaded
        change(uploadId, { sent, state: sent >= file.size ? 'checking' : 'sending' })
      })
      if (answer.ok) {
        failures = 0
        offset = answer.data.held
        if (answer.data.paper) return change(uploadId, { state: 'done', sent: file.size })
        continue
      }
      if (answer.kind === 'refused' && answer.refusal.code !== 'papers.uploadIncomplete' && answer.refusal.code !== 'papers.uploadGap' && answer.refusal.code !== 'papers.uploadBusy') {
        return change(uploadId, { state: 'refused', reason: answer.refusal.sentence })
      }
      const pause = pauses[failures++]
      if (pause === undefined) return change(uploadId, { state: 'paused' })
      change(uploadId, { state: 'cut' })
      await new Promise(resolve => setTimeout(resolve, pause))
      const held = await request<UploadState>('GET', `/api/meetings/${meetingId}/uploads/${uploadId}`)
      if (held.ok && held.data.paper) return change(uploadId, { state: 'done', sent: file.size })
      if (held.ok) offset = held.data.held
      // The hub has never heard of it: from the beginning.
      else if (held.kind === 'refused') offset = 0
      change(uploadId, { sent: offset })
    }
  }

  /** Tries again: where it was cut, or from the beginning after a refusal. */
  function retry(uploadId: string): void {
    change(uploadId, { state: 'waiting', reason: '' })
    startNext()
  }

  function drop(uploadId: string): void {
    uploads.delete(uploadId)
  }

  return { uploads, busy, ofItem, add, retry, drop }
})
