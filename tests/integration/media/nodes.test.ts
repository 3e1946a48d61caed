import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openMedia, type MediaControl } from '../../../media/control.ts'
import { parseJournal } from '../../../media/recording/journal.ts'
import { frameOf } from '../../../media/wire/frames.ts'
import { hubEnd } from '../../../media/wire/secret.ts'
import type { RoomListener } from '../../../shared/media/room-control.ts'
import { capabilities } from '../../support/media/bridge.ts'
import { Hall } from '../../support/live/hall.ts'
import { startNode, type NodeProcess } from '../../support/media/node.ts'
import { MediaScreen } from '../../support/media/screen.ts'
import { secret } from '../../support/media/wire.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
const silent: RoomListener = { tell() {}, measured() {}, sendingChanged() {}, recordingFailed() {} }

const ends: (() => unknown)[] = []
afterEach(async () => { for (const end of ends.splice(0).reverse()) await end() })

async function node(options?: Parameters<typeof startNode>[0]): Promise<NodeProcess> {
  const started = await startNode(options)
  ends.push(() => started.stop())
  return started
}

function hubOf(nodes: readonly { name: string; port: number }[], shared = secret): MediaControl {
  const media = openMedia({
    mode: 'present', workerProgram: null, cacheDir: '', prebuiltBase: null, mayInstall: false, listen: [], port: 0, recordingsDir: '',
    nodes: { nodes: nodes.map(({ name, port }) => ({ name, host: '127.0.0.1', port })), secret: shared, nearest: async () => null },
  }, pino({ level: 'silent' }))
  ends.push(() => media.close())
  return media
}

/** Resolves with the first availability that fits. */
function until(media: MediaControl, fits: (state: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => { if (fits(media.availability.state)) resolve(stop()) }
    const stop = media.onAvailability(look)
    look()
  })
}

/** Asked again and again until it is so: what another process does by itself. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!await holds()) await new Promise((resolve) => setImmediate(resolve))
}

async function transports(hub: MediaControl): Promise<number> {
  return (await hub.loads()).reduce((sum, one) => sum + one.transports, 0)
}

describe.skipIf('missing' in present)('a media process of its own (started as a child, real worker; skipped where there is none)', () => {
  test('who does not know the secret is refused, is told that there is no video, and changes nothing', async () => {
    const process = await node()
    const [known, stranger] = [hubOf([{ name: 'may', port: process.port }]), hubOf([{ name: 'may', port: process.port }], 'một mã khác cũng đủ dài nhưng không đúng')]
    expect(await known.obtain()).toMatchObject({ state: 'ready' })
    expect(await stranger.obtain()).toEqual({ state: 'failed', reason: 'unreachable', packages: [], detail: `may=127.0.0.1:${process.port}` })
    await expect(stranger.openRoom('m1', silent)).rejects.toMatchObject({ refusal: { code: 'media.notReady' } })
    await expect(stranger.capabilities()).rejects.toMatchObject({ refusal: { code: 'media.notReady' } })
    expect(await (await known.openRoom('m1', silent)).join('huyen', capabilities)).toMatchObject({ send: { iceCandidates: [{ address: '127.0.0.1' }, {}] } })
    expect(process.said).toContain('a line to this media process was refused')
    expect(process.said).not.toContain(secret)
  })

  test('strangers who come and say nothing keep no hub out, and are sent away', { timeout: 20_000 }, async () => {
    const process = await node()
    let gone = 0
    const come = () => {
      const stranger = createConnection(process.port, '127.0.0.1').on('error', () => {}).on('close', () => { gone += 1 }).resume()
      ends.push(() => stranger.destroy())
      return once(stranger, 'connect')
    }
    await Promise.all(Array.from({ length: 100 }, come))
    const hub = hubOf([{ name: 'may', port: process.port }])
    expect(await hub.obtain()).toMatchObject({ state: 'ready' })
    await eventually(async () => gone === 100)
    expect(hub.availability.state).toBe('ready')
  })

  test('malformed frames, calls that there are not and plain text are refused; the process and its rooms go on', async () => {
    const process = await node()
    const hub = hubOf([{ name: 'may', port: process.port }])
    await hub.obtain()
    const room = await hub.openRoom('m1', silent)
    await room.join('huyen', capabilities)
    const length = (octets: number) => { const head = Buffer.alloc(4); head.writeUInt32BE(octets); return head }
    const endless: [string, Buffer][] = [
      ['a frame of four gigabytes', length(0xffff_ffff)], ['no JSON', Buffer.concat([length(3), Buffer.from('{x}')])], ['a list', frameOf([])], ['null', frameOf(null)],
      ['a request without a call', frameOf({ id: 1, room: null, args: [] })], ['a request with more', frameOf({ id: 1, room: null, call: 'loads', args: [], more: 1 })], ['arguments that are none', frameOf({ id: 1, room: null, call: 'loads', args: 'x' })],
    ]
    for (const [name, bytes] of endless) {
      const line = connect({ ...hubEnd(secret), host: '127.0.0.1', port: process.port })
      await once(line, 'secureConnect')
      const closed = once(line.resume(), 'close')
      line.on('error', () => {}).write(bytes)
      await closed.catch(() => expect.unreachable(name))
    }
    const text = createConnection(process.port, '127.0.0.1').on('error', () => {})
    text.end('GET / HTTP/1.1\r\n\r\n')
    await once(text.resume(), 'close')

    const line = connect({ ...hubEnd(secret), host: '127.0.0.1', port: process.port })
    ends.push(() => line.destroy())
    await once(line, 'secureConnect')
    const calls: [string | null, string, unknown[]][] = [
      [null, 'everything', []], [null, '__proto__', []], [null, 'openRoom', []], [null, 'openRoom', ['x', 'y']], ['m9', 'constructor', []], ['m9', 'follow', [{ stage: 'all' }]], ['m9', 'leave', ['huyen']],
    ]
    for (const [at, [at0, call, args]] of calls.entries()) line.write(frameOf({ id: at + 1, room: at0, call, args }))
    let said = ''
    line.on('data', (piece: Buffer) => { said += piece.toString('latin1') })
    await eventually(async () => said.includes(`"id":${calls.length}`))
    expect(said.match(/"code":"[^"]+"/g)).toEqual([...calls.slice(1).map(() => '"code":"request.malformed"'), '"code":"media.unknown"'])
    expect(await room.restartIce('huyen', (await room.join('huyen', capabilities)).send.transportId)).toMatchObject({ iceLite: true })
  })

  test('a hub that goes leaves nothing behind; a room that is closed neither', { timeout: 30_000 }, async () => {
    const process = await node()
    const [staying, going] = [hubOf([{ name: 'may', port: process.port }]), hubOf([{ name: 'may', port: process.port }])]
    await Promise.all([staying.obtain(), going.obtain()])
    const closing = await staying.openRoom('m1', silent)
    await closing.join('huyen', capabilities)
    await (await going.openRoom('m1', silent)).join('huyen', capabilities)
    expect(await transports(staying)).toBe(4)
    closing.close()
    await eventually(async () => await transports(staying) === 2)
    // A hub that starts again finds its voices still there meanwhile.
    await going.close()
    expect(await transports(staying)).toBe(2)
    await eventually(async () => (await staying.loads()).every(({ routers, transports: left }) => left === 0 && routers === 0))
  })

  test('nothing is written down for a hub that is gone, while its voices go on', { timeout: 30_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'giao-ban-recordings-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const process = await node({ environment: { RECORDINGS_DIR: folder } })
    const [staying, going] = [hubOf([{ name: 'may', port: process.port }]), hubOf([{ name: 'may', port: process.port }])]
    await Promise.all([staying.obtain(), going.obtain()])
    const room = await going.openRoom('m1', silent)
    await room.join('huyen', capabilities)
    const running = async () => parseJournal(await readFile(join(folder, 'cut', 'journal.jsonl'), 'utf8').catch(() => '')).flatMap((line) => (line.kind === 'running' ? [line.on] : []))
    room.record('cut')
    await eventually(async () => (await running()).length === 1)
    await going.close()
    await eventually(async () => (await running()).length === 2)
    expect(await running()).toEqual([true, false])
    expect(await transports(staying)).toBe(2)
  })

  test('two processes: the first that is there is taken; when it dies everybody is told, and taken in by the other one', async () => {
    const both = await Promise.all([node(), node()])
    const hub = hubOf([{ name: 'tinh', port: both[0].port }, { name: 'huyen', port: both[1].port }])
    await hub.obtain()
    const told: string[] = []
    const room = await hub.openRoom('m1', { ...silent, tell: (...[peerId, event]) => { if (event === 'media:lost') told.push(peerId) } })
    await Promise.all(['huyen', 'xa'].map((peerId) => room.join(peerId, capabilities)))
    // Which of the two was there first is for the machine to say.
    const first = hubOf([{ name: 'tinh', port: both[0].port }])
    await first.obtain()
    const [one, other] = await transports(first) === 4 ? both : [both[1], both[0]]
    const died = performance.now()
    await one.kill()
    await eventually(async () => told.length === 2)
    expect(told.sort()).toEqual(['huyen', 'xa'])
    await expect(room.restartIce('huyen', 'x')).rejects.toMatchObject({ refusal: { code: 'media.unknown' } })
    const { send } = await room.join('huyen', capabilities)
    expect(await room.restartIce('huyen', send.transportId)).toMatchObject({ iceLite: true })
    expect(performance.now() - died).toBeLessThan(3_000)
    expect(hub.availability.state).toBe('ready')
    await other.kill()
    await until(hub, (state) => state === 'failed')
    await expect(hub.openRoom('m2', silent)).rejects.toMatchObject({ refusal: { code: 'media.notReady' } })
  })
})

describe.skipIf('missing' in present)('a meeting whose media process is killed (a hub with MEDIA_NODES, screens by the bare protocol)', () => {
  let process: NodeProcess
  let hall: Hall
  beforeAll(async () => {
    process = await startNode({ supervised: true })
    hall = await Hall.open({ config: { media: 'auto', mediaSecret: secret, mediaNodes: { nodes: [{ name: 'may', host: '127.0.0.1', port: process.port }], nearest: {} } } })
    await hall.test.hub.media.obtain()
  })
  afterAll(async () => {
    await hall.close()
    await process.stop()
  })

  test('everybody is told, sees each other again within three seconds, and a vote cast meanwhile is acked within one; nothing but it is on record', async () => {
    const meeting = await hall.inSession()
    const { codes } = await new MediaScreen(await meeting.screen('technician')).do('media:codes', {})
    const room = { main: { room: { code: codes[0]?.code ?? '' } }, site: { room: { code: codes[1]?.code ?? '' } } }
    const [main, site] = [new MediaScreen(await meeting.screen('technician')), new MediaScreen(await meeting.screen('technician'))]
    const see = async () => {
      const producerId = await site.produce('camera')
      await main.do('media:consume', { tiles: [{ peerId: 'room-site-1', source: 'camera', width: 640, height: 360 }], own: false, saveData: false })
      await main.next('media:consumer', (one) => one.producerId === producerId)
    }
    await main.join(room.main)
    await site.join(room.site)
    await see()
    const voteId = await meeting.openVote()
    const an = await meeting.screen('an')
    const before = await meeting.head()
    const died = performance.now()
    void process.kill()
    expect(await an.send('votes:cast', { voteId, choice: 'approve' })).toMatchObject({ ok: true })
    expect(performance.now() - died).toBeLessThan(1_000)
    await Promise.all([main.next('media:lost'), site.next('media:lost')])
    // As pages do: at once. The hub holds them until the process is there again.
    await Promise.all([main.join(room.main), site.join(room.site)])
    await see()
    expect(performance.now() - died).toBeLessThan(3_000)
    expect((await meeting.log(before?.lastSeq)).map(({ type }) => type)).toEqual(['vote.cast'])
  })
})
