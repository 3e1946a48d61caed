import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { ConversionState, UploadState } from '../../../shared/contracts/http/papers.ts'
import { request, type HttpAnswer } from '../../http.ts'
import { sendChunk } from './sendChunk.ts'

/** One file on its way to an agenda item. */
export interface Upload {
  uploadId: string
  meetingId: string
  itemId: string
  /** The paper that the file becomes a new version of. */
  replaces?: string | undefined
  file: File
  /** Bytes the hub holds, or is just receiving. */
  sent: number
  /**
   * waiting → sending → (queued → converting →) checking → done, queued and converting by the hub, for what is no PDF; cut: trying again by
   * itself; paused: it gave up trying; refused: `reason` says why.
   */
  state: 'waiting' | 'sending' | 'queued' | 'converting' | 'checking' | 'cut' | 'paused' | 'refused' | 'done'
  /** Files that the hub converts before this one. */
  ahead: number
  reason: string
}

const chunkSize = 4 * 1024 * 1024
const atOnce = 2
/** Also counting those that the hub is busy with by itself; it holds no more than twenty for one person. */
const mostUnderWay = 10
/** Milliseconds between two looks at what the hub is busy with. */
const lookEvery = 700
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

  function add(meetingId: string, itemId: string, files: Iterable<File>, replaces?: string): void {
    for (const file of files) {
      const uploadId = crypto.randomUUID()
      uploads.set(uploadId, { uploadId, meetingId, itemId, replaces, file, sent: 0, state: 'waiting', ahead: 0, reason: '' })
    }
    startNext()
  }

  function startNext(): void {
    const all = [...uploads.values()]
    const running = all.filter(({ state }) => state === 'sending' || state === 'checking' || state === 'cut').length
    const withHub = all.filter(({ state }) => state === 'queued' || state === 'converting').length
    const free = Math.min(atOnce - running, mostUnderWay - running - withHub)
    for (const { uploadId } of all.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) {
      change(uploadId, { state: 'sending' })
      void run(uploadId).finally(startNext)
    }
  }

  /**
   * Sends chunk after chunk, then watches the hub convert; after a cut asks the hub how far it got. Ends in done, refused or paused, or when it
   * was dropped.
   */
  async function run(uploadId: string): Promise<void> {
    let failures = 0
    let offset = uploads.get(uploadId)?.sent ?? 0
    let withHub = false
    for (;;) {
      const upload = uploads.get(uploadId)
      if (!upload) return
      const { meetingId, itemId, file } = upload
      const answer: HttpAnswer<UploadState> = withHub ? await look(upload) : await send(upload, offset)
      if (answer.ok) {
        failures = 0
        const { held, stage, ahead, paper }: UploadState = answer.data
        if (paper) return change(uploadId, { state: 'done', sent: file.size })
        offset = held
        withHub = stage !== 'arriving'
        if (!withHub) continue
        change(uploadId, { state: stage === 'waiting' ? 'queued' : stage === 'converting' ? 'converting' : 'checking', ahead })
        startNext()
        await passed(lookEvery)
        continue
      }
      if (answer.kind === 'refused' && !again.includes(answer.refusal.code)) return change(uploadId, { state: 'refused', reason: answer.refusal.sentence })
      const pause = pauses[failures++]
      if (pause === undefined) return change(uploadId, { state: 'paused' })
      change(uploadId, { state: 'cut' })
      await passed(pause)
      const now = await look(upload)
      if (now.ok && now.data.paper) return change(uploadId, { state: 'done', sent: file.size })
      withHub = now.ok && now.data.stage !== 'arriving'
      if (now.ok) offset = now.data.held
      // The hub has never heard of it: from the beginning.
      else if (now.kind === 'refused') offset = 0
      change(uploadId, { sent: offset })
    }
  }

  const look = ({ meetingId, uploadId }: Upload) => request<UploadState>('GET', `/api/meetings/${meetingId}/uploads/${uploadId}`)

  function send({ uploadId, meetingId, itemId, replaces, file }: Upload, offset: number) {
    const end = Math.min(offset + chunkSize, file.size)
    const query = new URLSearchParams({ itemId, name: file.name, offset: String(offset), size: String(file.size), ...(replaces === undefined ? {} : { replaces }) })
    return sendChunk(`/api/meetings/${meetingId}/uploads/${uploadId}?${query}`, file.slice(offset, end), loaded => {
      const sent = offset + loaded
      change(uploadId, { sent, state: sent >= file.size ? 'checking' : 'sending' })
    })
  }

  /** Tries again: where it was cut, or from the beginning after a refusal. */
  function retry(uploadId: string): void {
    change(uploadId, { state: 'waiting', reason: '' })
    startNext()
  }

  function drop(uploadId: string): void {
    uploads.delete(uploadId)
  }

  const conversion = shallowRef<ConversionState | null>(null)
  /** Asks once what this hub can make papers of. */
  async function learn(): Promise<void> {
    if (conversion.value) return
    const answer = await request<ConversionState>('GET', '/api/conversion')
    if (answer.ok) conversion.value = answer.data
  }

  return { uploads, busy, conversion, ofItem, add, retry, drop, learn }
})

/** Refusals after which the same bytes may be sent on. */
const again: readonly string[] = ['papers.uploadIncomplete', 'papers.uploadGap', 'papers.uploadBusy']

const passed = (milliseconds: number) => new Promise(resolve => { setTimeout(resolve, milliseconds) })
