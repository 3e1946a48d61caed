import { once } from 'node:events'
import { chmod, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pino } from 'pino'
import { openMedia, type MediaSettings } from '../../../media/control.ts'
import { workerPlace } from '../../../media/worker/mediasoup.ts'
import { downloadWorker } from '../../../media/worker/prebuilt.ts'
import { mediaSaid, mediaTeller } from '../../../server/media-words.ts'
import type { MediaAvailability } from '../../../shared/contracts/media-availability.ts'

/** Ways that end without a build; the one that builds, and a worker that runs, are in tests/integration/media. */
let folder: string
let server: Server | undefined
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'giao-ban-obtain-')) })
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
  await rm(folder, { recursive: true, force: true })
})

function open(settings: Partial<MediaSettings>) {
  const media = openMedia({ mode: 'present', workerProgram: null, cacheDir: folder, prebuiltBase: null, mayInstall: false, listen: [], port: 0, recordingsDir: folder, ...settings }, pino({ level: 'silent' }))
  const states: MediaAvailability[] = []
  media.onAvailability((state) => states.push(state))
  return { media, states }
}

test('nothing happens before somebody asks, and nothing ever when video is off', async () => {
  const { media, states } = open({ mode: 'off' })
  expect(media.availability).toEqual({ state: 'absent' })
  expect(await media.obtain()).toEqual({ state: 'absent' })
  expect(states).toEqual([])
})

test('with MEDIA=present nothing is downloaded or built, and the reason says so', async () => {
  const { media, states } = open({})
  expect(await media.obtain()).toMatchObject({ state: 'failed', reason: 'missing' })
  expect(states.map(({ state }) => state)).toEqual(['fetching', 'failed'])
})

test('a worker that is named and does not run is said to be that, and no other is taken', async () => {
  const program = join(folder, 'mine')
  await writeFile(program, '#!/bin/sh\necho libsrtp2.so.1: cannot open shared object file >&2\nexit 127\n', { mode: 0o755 })
  expect(await open({ mode: 'auto', workerProgram: program }).media.obtain()).toMatchObject({ state: 'failed', reason: 'given', detail: 'libsrtp2.so.1: cannot open shared object file' })
  expect(await open({ mode: 'auto', workerProgram: join(folder, 'none') }).media.obtain()).toMatchObject({ state: 'failed', reason: 'given' })
})

test('a program that answers as a worker would but keeps silent on its channel is no worker', async () => {
  const program = join(folder, 'mute')
  await writeFile(program, '#!/bin/sh\nexit 41\n', { mode: 0o755 })
  expect(await open({ workerProgram: program }).media.obtain()).toMatchObject({ state: 'failed', reason: 'given' })
})

test('a worker in the cache that no longer starts, as after an upgrade of the system, is not taken', async () => {
  const place = workerPlace(folder)
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, 'not a program')
  await chmod(place, 0o755)
  const { media, states } = open({})
  expect(await media.obtain()).toMatchObject({ state: 'failed', reason: 'missing' })
  expect(states[0]).toEqual({ state: 'starting' })
})

test('asked twice at once, it is got once; asked again after a failure, it is tried again', async () => {
  const { media, states } = open({})
  const [one, two] = await Promise.all([media.obtain(), media.obtain()])
  expect(one).toBe(two)
  expect(states.filter(({ state }) => state === 'failed')).toHaveLength(1)
  await media.obtain()
  expect(states.filter(({ state }) => state === 'failed')).toHaveLength(2)
})

async function serve(answer: (path: string) => { status: number; body?: string } | null): Promise<string> {
  server = createServer((request, response) => {
    const said = answer(request.url ?? '')
    if (said) response.writeHead(said.status).end(said.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ['is not there', { status: 404 }, /404/],
  ['is not an archive', { status: 200, body: 'Đăng nhập để vào mạng' }, /tar/],
])('a download that %s is left for the next way', async (_how, answer, why) => {
  const url = await serve(() => answer)
  expect(await downloadWorker({ url: `${url}/worker.tgz`, worker: join(folder, 'key', 'mediasoup-worker') })).toMatch(why)
})

test('a network that swallows everything holds it up for the first byte’s time only', async () => {
  const url = await serve(() => null)
  const began = performance.now()
  expect(await downloadWorker({ url: `${url}/worker.tgz`, worker: join(folder, 'key', 'mediasoup-worker'), firstByte: 200 })).toMatch(/no answer within 0.2 s/)
  expect(performance.now() - began).toBeLessThan(5_000)
})

test('closing the hub ends a download that is under way', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const base = await serve(() => { resolve(); return null })
  const { media } = open({ mode: 'auto', prebuiltBase: base })
  const obtained = media.obtain()
  await asked
  await media.close()
  await obtained
  expect(media.availability).toEqual({ state: 'fetching' })
})

test('the terminal tells a build in steps, and nothing of a worker that was there', () => {
  const here = mediaTeller({ state: 'starting' }, 25)
  expect(here({ state: 'ready', from: 'cached' })).toBeNull()
  const building = mediaTeller({ state: 'fetching' }, 25)
  const told: (string | undefined)[] = []
  for (let done = 0; done <= 260; done += 1) told.push(building({ state: 'building', done, total: 260 })?.en)
  told.push(building({ state: 'ready', from: 'built' })?.en)
  expect(told.filter(Boolean)).toEqual([
    'Video: 25 % compiled', 'Video: 50 % compiled', 'Video: 75 % compiled', 'Video: 100 % compiled', 'Video: its worker is ready (built on this machine).',
  ])
})

test('what is missing is said with the one command that installs it', () => {
  const said = mediaSaid({ state: 'failed', reason: 'packages', packages: ['ninja-build', 'libuv1-dev'], detail: '' })
  for (const sentence of [said?.vi, said?.en]) expect(sentence).toMatch(/apt-get install -y --no-install-recommends ninja-build libuv1-dev && npm run media:worker$/)
})
