import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadState } from '../../../shared/contracts/http/papers.ts'
import type { CommandType, Commands } from '../../../shared/meeting/command.ts'
import { startHub, type TestHub, type TestHubOptions } from '../../support/hub.ts'

/** A hub with one scheduled meeting of five people, an open and a confidential item. */
export interface PaperScene {
  hub: TestHub
  meetingId: string
  openItem: string
  confidentialItem: string
  /** Cookies by person: lan (secretary), an (chair), binh (delegate, in the access list), chi (delegate), khach (no participant). */
  cookies: Record<'lan' | 'an' | 'binh' | 'chi' | 'khach', string>
  send<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<void>
  post(bytes: Buffer, options?: Partial<PostOptions>): Promise<Response>
  chunk(bytes: Buffer, options: Partial<PostOptions> & { uploadId: string; offset: number; size: number }): Promise<Response>
  uploadState(uploadId: string, cookie?: string): Promise<UploadState>
  file(paperId: string, options?: { cookie?: string; headers?: Record<string, string>; method?: string; version?: number }): Promise<Response>
  /** A copy to keep. */
  copy(paperId: string, form: 'download' | 'original', options?: { cookie?: string; version?: number }): Promise<Response>
  /** Everything an upload could leave behind: blobs, records, facts, unfinished files. */
  count(): Promise<{ blobs: number; records: number; facts: number; unfinished: number }>
}

export interface PostOptions { cookie: string; itemId: string; name: string; uploadId: string; contentType: string; meetingId: string; replaces: string; headers: Record<string, string> }

export async function paperScene(options: TestHubOptions = {}): Promise<PaperScene> {
  const hub = await startHub(options)
  for (const id of ['lan', 'an', 'binh', 'chi', 'khach']) await hub.addAccount({ id, roles: id === 'lan' ? ['office'] : [] })
  const { hosts, store } = hub.hub
  const startsAt = Date.now() + 3_600_000
  const created = await hosts.create('lan', randomUUID(), {
    title: 'Họp giao ban', kind: 'meeting', type: 'briefing', body: 'committee', startsAt, endsAt: startsAt + 3_600_000, place: 'Phòng A', siteIds: [],
    participants: [
      { personId: 'an', role: 'chair', votes: true, siteId: null }, { personId: 'lan', role: 'secretary', votes: false, siteId: null },
      { personId: 'binh', role: 'delegate', votes: true, siteId: null }, { personId: 'chi', role: 'delegate', votes: true, siteId: null },
    ],
  })
  const { meetingId } = created

  async function send<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<void> {
    const outcome = await hosts.execute(meetingId, personId, { commandId: randomUUID(), type, data } as Parameters<typeof hosts.execute>[2])
    if (!outcome.ok) throw new Error(`${type}: ${outcome.refusal.code}`)
  }
  const plain = { durationMinutes: null, unitId: null, presenterId: null, access: [] as string[], parentId: null }
  await send('lan', 'agenda:addItem', { ...plain, title: 'Kinh tế - xã hội', confidential: false })
  await send('lan', 'agenda:addItem', { ...plain, title: 'Nhân sự', confidential: true, access: ['binh'] })
  await send('lan', 'meeting:publish', {})
  const items = Object.values((await hosts.view(meetingId, 'lan'))?.items ?? {})
  const itemOf = (title: string) => items.find(item => item.title === title)?.itemId as string
  const cookies = Object.fromEntries(await Promise.all(['lan', 'an', 'binh', 'chi', 'khach'].map(async id => [id, await hub.signIn(id)]))) as PaperScene['cookies']

  const openItem = itemOf('Kinh tế - xã hội')
  const upload = (method: string, path: string, bytes: Buffer, { cookie = cookies.lan, contentType = 'application/pdf', headers = {} }: Partial<PostOptions>) =>
    fetch(hub.url + path, { method, body: bytes as BodyInit, headers: { origin: hub.url, cookie, 'content-type': contentType, ...headers } })

  return {
    hub, meetingId, openItem, confidentialItem: itemOf('Nhân sự'), cookies, send,
    post(bytes, given = {}) {
      const query = new URLSearchParams({ itemId: given.itemId ?? openItem, name: given.name ?? 'Báo cáo.pdf', uploadId: given.uploadId ?? randomUUID(), ...(given.replaces === undefined ? {} : { replaces: given.replaces }) })
      return upload('POST', `/api/meetings/${given.meetingId ?? meetingId}/papers?${query}`, bytes, given)
    },
    chunk(bytes, { uploadId, offset, size, ...given }) {
      const query = new URLSearchParams({ itemId: given.itemId ?? openItem, name: given.name ?? 'Báo cáo.pdf', offset: String(offset), size: String(size) })
      return upload('PUT', `/api/meetings/${given.meetingId ?? meetingId}/uploads/${uploadId}?${query}`, bytes, given)
    },
    async uploadState(uploadId, cookie = cookies.lan) {
      return (await hub.request(`/api/meetings/${meetingId}/uploads/${uploadId}`, { cookie })).json() as Promise<UploadState>
    },
    file: (paperId, { cookie = cookies.lan, headers = {}, method = 'GET', version } = {}) =>
      hub.request(`/api/meetings/${meetingId}/papers/${paperId}/file${version === undefined ? '' : `?version=${version}`}`, { cookie, headers, method }),
    copy: (paperId, form, { cookie = cookies.lan, version } = {}) =>
      hub.request(`/api/meetings/${meetingId}/papers/${paperId}/${form}${version === undefined ? '' : `?version=${version}`}`, { cookie }),
    async count() {
      let blobs = 0
      for await (const _blob of store.blobs.list(Number.MAX_SAFE_INTEGER)) blobs++
      const records = await store.records.collection<object>({ name: 'papers' })
      const unfinished = await readdir(join(hub.dataDir, 'uploads'), { recursive: true, withFileTypes: true }).catch(() => [])
      return {
        blobs, records: (await records.find({})).length, unfinished: unfinished.filter(entry => entry.isFile()).length,
        facts: (await store.logs.head(`meeting/${meetingId}`))?.lastSeq ?? 0,
      }
    },
  }
}
