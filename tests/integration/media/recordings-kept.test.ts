import { execFileSync } from 'node:child_process'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RecordingsAnswer } from '../../../shared/contracts/http/recordings.ts'
import { readConfig } from '../../../server/config.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { startHub } from '../../support/hub.ts'
import { filmOf } from '../../support/media/film.ts'
import { videoHall } from '../../support/media/screen.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
let hall: Hall
let meeting: HallMeeting

beforeEach(async () => {
  hall = await videoHall()
  meeting = await hall.draft()
  await meeting.do('chair', 'recording:allow', { allowed: true })
  await meeting.do('secretary', 'meeting:publish', {})
  await meeting.do('chair', 'meeting:open', {})
})
afterEach(() => hall.close())

const state = async () => (await hall.test.hub.hosts.find(meeting.meetingId))!.state
const path = (rest = '') => `/api/meetings/${meeting.meetingId}/recordings${rest}`
const ask = async (personId: string, rest = '', more: { method?: string; headers?: Record<string, string> } = {}) => hall.test.request(path(rest), { cookie: await hall.cookie(personId), ...more })

/** As a recorder leaves it: four seconds of one picture and one voice. No screen of a test can send any. */
async function leave(recordingId: string): Promise<void> {
  const folder = join(hall.test.hub.config.recordingsDir, recordingId)
  await mkdir(folder, { recursive: true })
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=320x180:r=12:d=4', '-c:v', 'libvpx', join(folder, 'a.mkv'), '-f', 'lavfi', '-i', 'sine=d=4', '-map', '1', '-c:a', 'libopus', join(folder, 'v.mkv')])
  const at = Date.now()
  const lines = [
    { kind: 'running', at, on: true }, { kind: 'shown', at, main: 'a', inset: null },
    { kind: 'track', at, file: 'a.mkv', producerId: 'a', source: 'camera', pid: 0 }, { kind: 'began', at, file: 'a.mkv' },
    { kind: 'track', at, file: 'v.mkv', producerId: 'v', source: 'microphone', pid: 0 }, { kind: 'began', at, file: 'v.mkv' }, { kind: 'running', at: at + 4_000, on: false },
  ]
  await writeFile(join(folder, 'journal.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

async function listed(personId: string, wanted: (answer: RecordingsAnswer) => boolean): Promise<RecordingsAnswer> {
  for (;;) {
    const answer = await ask(personId)
    if (!answer.ok) throw new Error(await answer.text())
    const list = (await answer.json()) as RecordingsAnswer
    if (wanted(list)) return list
    await pause(50)
  }
}

async function recorded(): Promise<string> {
  await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
  await meeting.do('chair', 'recording:start', {})
  const recordingId = (await state()).recording.recordingId ?? ''
  await leave(recordingId)
  await meeting.do('chair', 'meeting:end', {})
  await listed('chair', ({ recordings }) => recordings[0]?.state === 'ready')
  return recordingId
}

describe.skipIf('missing' in present)('what was recorded of a meeting (skipped where there is no worker)', () => {
  test('the meeting’s end makes the file; members have it then, whole or in parts, under their session alone; each copy is on record', async () => {
    const recordingId = await recorded()
    const whole = await ask('an', `/${recordingId}/file`)
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(whole.headers.get('cache-control')).toBe('private, no-store')
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment; .*\.mp4/)
    const bytes = Buffer.from(await whole.arrayBuffer())
    const saved = join(hall.test.dataDir, 'saved.mp4')
    await writeFile(saved, bytes)
    const film = await filmOf(saved)
    expect(film).toMatchObject({ chapters: [{ title: 'Tình hình kinh tế - xã hội' }] })
    expect(film.seconds).toBeGreaterThan(3.9)
    const part = await ask('an', `/${recordingId}/file`, { headers: { range: 'bytes=100-199' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200))
    expect((await ask('an', `/${recordingId}/file`, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416)
    const downloads = async () => (await hall.test.hub.audit.page(50)).entries.filter(({ type }) => type === 'recording.downloaded').map(({ by }) => by)
    expect(await downloads()).toEqual(['an'])
    expect((await ask('secretary', `/${recordingId}/file`, { headers: { range: 'bytes=1-' } })).status, 'all but the first octet is a copy, too').toBe(206)
    expect((await downloads()).sort()).toEqual(['an', 'secretary'])

    expect((await hall.test.request(path(`/${recordingId}/file`))).status).toBe(401)
    for (const personId of ['guest', 'observer', 'technician', 'dung']) expect((await ask(personId, `/${recordingId}/file`)).status, personId).toBe(403)
    expect((await ask('outsider', `/${recordingId}/file`)).status).toBe(404)
    expect((await ask('an', '/no-such-recording/file')).status).toBe(404)
    expect((await ask('an', '/..%2F..%2Fhub.log/file')).status).toBe(400)
    // Known in one meeting is not known in another.
    const other = await hall.inSession()
    await other.do('chair', 'meeting:end', {})
    expect((await hall.test.request(`/api/meetings/${other.meetingId}/recordings/${recordingId}/file`, { cookie: await hall.cookie('chair') })).status).toBe(404)
  })

  test('before the end it is chair’s and secretary’s alone; they remove it, and it is gone', async () => {
    await meeting.do('secretary', 'recording:start', {})
    const recordingId = (await state()).recording.recordingId ?? ''
    expect((await ask('an')).status).toBe(422)
    expect(await (await ask('secretary')).json()).toMatchObject({ recordings: [{ recordingId, state: 'recording' }], mayManage: true })
    expect((await ask('chair', `/${recordingId}/file`)).status).toBe(409)
    expect((await ask('chair', `/${recordingId}`, { method: 'DELETE' })).status).toBe(409)
    await leave(recordingId)
    await meeting.do('chair', 'recording:stop', {})
    await listed('chair', ({ recordings }) => recordings[0]?.state === 'ready')
    expect((await ask('an', `/${recordingId}`, { method: 'DELETE' })).status).toBe(403)
    expect((await ask('secretary', `/${recordingId}`, { method: 'DELETE' })).status).toBe(200)
    expect(await (await ask('secretary')).json()).toMatchObject({ recordings: [] })
    await expect(stat(join(hall.test.hub.config.recordingsDir, recordingId))).rejects.toThrow()
    expect((await hall.test.hub.audit.page(10)).entries.map(({ type }) => type)).toContain('recording.removed')
  })

  test('the hub goes down in the midst of it: what is there is finished, and another recording goes on, both on record', async () => {
    await meeting.do('chair', 'recording:start', {})
    const recordingId = (await state()).recording.recordingId ?? ''
    await leave(recordingId)
    const { dataDir, hub: { config } } = hall.test
    await hall.test.hub.close()
    const again = await startHub({ dataDir, config })
    try {
      const host = await again.hub.hosts.find(meeting.meetingId)
      expect(host?.state.recording).toMatchObject({ status: 'on', ended: null })
      expect(host?.state.recording.recordingId).not.toBe(recordingId)
      while ((await again.hub.recordings.of(meeting.meetingId))[0]?.state !== 'ready') await pause(50)
      expect((await again.hub.recordings.of(meeting.meetingId)).map(({ state: is }) => is)).toEqual(['ready', 'recording'])
    } finally {
      await again.hub.close()
    }
  })

  test('nobody came with a camera: said so, kept, and tried again by hand', async () => {
    await meeting.do('chair', 'recording:start', {})
    const recordingId = (await state()).recording.recordingId ?? ''
    await meeting.do('chair', 'recording:stop', {})
    const { recordings } = await listed('chair', (list) => list.recordings[0]?.state === 'failed')
    expect(recordings[0]).toMatchObject({ reason: 'nothingRecorded' })
    await leave(recordingId)
    expect((await ask('an', `/${recordingId}/finish`, { method: 'POST' })).status).toBe(403)
    expect((await ask('chair', `/${recordingId}/finish`, { method: 'POST' })).status).toBe(200)
    await listed('chair', (list) => list.recordings[0]?.state === 'ready')
  })
})

describe('a hub that cannot record', () => {
  test('says why when it is asked to, and nothing is told as being recorded', async () => {
    const { dataDir } = hall.test
    expect(dataDir).toBeTruthy()
    const without = await Hall.open({ config: { media: 'off', cacheDir: readConfig(process.env).cacheDir } })
    try {
      const draft = await without.draft()
      await draft.do('chair', 'recording:allow', { allowed: true })
      await draft.do('secretary', 'meeting:publish', {})
      await draft.do('chair', 'meeting:open', {})
      const chair = await draft.screen('chair')
      expect(await chair.send('recording:start', {})).toMatchObject({ ok: false, code: 'recording.noVideo' })
      expect((await draft.log()).map(({ type }) => type)).not.toContain('recording.started')
    } finally {
      await without.close()
    }
  })

  test('without ffmpeg it names the package, without room how much is missing', async () => {
    const { hosts, media } = hall.test.hub
    const host = (await hosts.find(meeting.meetingId))!
    const path0 = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      expect(await media.recordingLack(1)).toEqual({ reason: 'noProgram' })
      if (!('missing' in present)) await expect(meeting.do('chair', 'recording:start', {})).rejects.toThrow('recording.noProgram')
    } finally {
      process.env['PATH'] = path0
    }
    expect(await media.recordingLack(1_000_000)).toMatchObject({ reason: 'noRoom' })
    expect(host.state.recording.status).toBe('off')
  })
})
