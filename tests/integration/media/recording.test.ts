import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { leashed } from '../../../media/recording/leash.ts'
import { sceneWords } from '../../../media/recording/joining.ts'
import { parseJournal } from '../../../media/recording/journal.ts'
import { Recordings } from '../../../media/recording/recordings.ts'
import { openMedia } from '../../../media/control.ts'
import { bridgeOver, openBridge, plan, type Bridge } from '../../support/media/bridge.ts'
import { colours, faultsOf, filmOf, sounds } from '../../support/media/film.ts'
import { startNode } from '../../support/media/node.ts'
import { secret } from '../../support/media/wire.ts'
import { openStation, type Station, type StationSettings } from '../../support/media/station.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
const programs = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }
const both = ['huyen', 'tinh']

let folder: string
let recordings: Recordings
let bridge: Bridge
const stations: Station[] = []

async function openBoth(wire: boolean): Promise<void> {
  if ('missing' in present) return
  folder = await mkdtemp(join(tmpdir(), 'giao-ban-recordings-'))
  recordings = new Recordings({ folder, programs, log: pino({ level: 'silent' }), now: Date.now })
  bridge = await openBridge({ program: present.program, recordings, wire })
}
beforeEach(() => openBoth(false))
afterEach(async () => {
  for (const station of stations.splice(0)) station.stop()
  await bridge?.close()
  await recordings?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

async function station(peerId: string, settings: StationSettings): Promise<Station> {
  const opened = await openStation(bridge.room, peerId, settings)
  stations.push(opened)
  return opened
}

/** Time goes by: what is recorded is as long as it took. */
const lasting = (seconds: number) => pause(seconds * 1000)
const journal = async (id: string) => parseJournal(await readFile(join(folder, id, 'journal.jsonl'), 'utf8').catch(() => ''))

/** Resolves when so many files have got their first packets. */
async function began(id: string, count: number): Promise<void> {
  while ((await journal(id)).filter(({ kind }) => kind === 'began').length < count) await pause(20)
}

/** Processes that write into this recording. */
const writers = (id: string): number[] => execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n')
  .filter((line) => line.includes('ffmpeg') && line.includes('.mkv')).map((line) => Number(line.trim().split(' ')[0]))
  .filter((pid) => { try { return execFileSync('readlink', [`/proc/${pid}/cwd`]).toString().trim() === join(folder, id) } catch { return false } })

/** A dead one that nobody has asked after is none. */
const isAlive = (pid: number): boolean => { try { return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')) } catch { return false } }

/** The addresses, as the kernel writes them, on which the recorders of this recording listen, and on the ports after those for reports. */
async function listening(id: string): Promise<string[]> {
  const written = (await readdir(join(folder, id))).filter((name) => name.endsWith('.sdp'))
  const ports = (await Promise.all(written.map((name) => readFile(join(folder, id, name), 'utf8')))).map((text) => Number(/^m=\w+ (\d+)/m.exec(text)?.[1]))
  const sockets = (await Promise.all(['udp', 'udp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')))).join('').matchAll(/^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) /gm)
  return [...sockets].flatMap(([, address = '', port = '']) => (ports.some((one) => [one, one + 1].includes(Number.parseInt(port, 16))) ? [address] : []))
}

const letters = (path: string) => colours(path).then((all) => all.map(({ red, green, blue }) => (red > 180 && green > 180 && blue > 180 ? 'W' : red > 120 && blue < 90 ? 'r' : blue > 120 && red < 90 ? 'b' : '.')).join(''))

describe.skipIf('missing' in present)('recording (real worker, ffmpeg as camera, recorder and judge)', () => {
  test('a meeting of two items plays from start to end: who is on stage is seen, all are heard, items are chapters, sound and picture fit', async () => {
    const { room } = bridge
    const [huyen, tinh] = [await station('huyen', { colour: 'red', hertz: 300 }), await station('tinh', { colour: 'blue', hertz: 700 })]
    room.follow(plan(both, { huyen: 'yes' }, ['huyen']))
    await huyen.enter()
    room.record('two-items')
    const first = Date.now()
    await began('two-items', 2)
    await lasting(5)
    room.follow(plan(both, { tinh: 'yes' }, ['tinh']))
    await tinh.enter()
    const second = Date.now()
    await began('two-items', 4)
    await lasting(5)
    room.record(null)
    const long = (Date.now() - first) / 1000
    const outcome = await recordings.finish({ recordingId: 'two-items', title: 'Giao ban tháng 11', chapters: [{ at: first - 60_000, title: 'Kinh tế – xã hội' }, { at: second, title: 'Đầu tư; công = nợ #1' }] })
    const path = join(folder, 'two-items', 'recording.mp4')
    expect(outcome).toMatchObject({ ok: true })
    const film = await filmOf(path)
    expect(film.streams).toEqual(expect.arrayContaining(['aac', 'h264']))
    expect(Math.abs(film.seconds - long)).toBeLessThan(0.5)
    expect(film.chapters.map(({ title }) => title)).toEqual(['Kinh tế – xã hội', 'Đầu tư; công = nợ #1'])
    expect(Math.abs((film.chapters[1]?.from ?? 0) - (second - first) / 1000)).toBeLessThan(0.3)
    expect(await faultsOf(path)).toBe('')
    expect(await readdir(join(folder, 'two-items'))).toEqual(['recording.mp4'])

    const seen = await letters(path)
    expect(seen).toMatch(/^\.{0,25}[rW]{40,}\.?[bW]{40,}$/)
    const heard = await sounds(path)
    const pitch = (from: number, to: number) => heard.filter(({ at, loudness }) => at >= from && at < to && loudness > 1_000).map(({ hertz }) => hertz)
    expect(pitch(0, (second - first) / 1000 - 0.3).every((hertz) => hertz < 450)).toBe(true)
    expect(pitch((second - first) / 1000 + 0.5, long).every((hertz) => hertz > 450)).toBe(true)
    // Each flash with its beep: the first tenth of a second of each.
    const starts = (all: readonly boolean[]) => all.flatMap((is, index) => (is && !all[index - 1] ? [index] : []))
    const flashes = starts([...seen].map((letter) => letter === 'W')).filter((at) => at > 20 && at < seen.length - 3)
    const beeps = starts(heard.map(({ loudness }) => loudness > 1_000))
    expect(flashes.length).toBeGreaterThan(2)
    for (const flash of flashes) expect(Math.min(...beeps.map((beep) => Math.abs(beep - flash)))).toBeLessThanOrEqual(2)
  })

  test('the recorders are killed in the midst of it: two seconds are lost at most, and it goes on', async () => {
    const { room } = bridge
    const huyen = await station('huyen', { colour: 'red', hertz: 300 })
    room.follow(plan(both, { huyen: 'yes' }, ['huyen']))
    await huyen.enter()
    room.record('killed')
    await began('killed', 2)
    const first = Date.now()
    await lasting(4)
    const pids = writers('killed')
    expect(pids).toHaveLength(2)
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    const died = Date.now()
    await began('killed', 4)
    await lasting(4)
    room.record(null)
    expect(await recordings.finish({ recordingId: 'killed', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
    const path = join(folder, 'killed', 'recording.mp4')
    expect(await faultsOf(path)).toBe('')
    const heard = await sounds(path)
    const lead = (first - died) / 1000 // Silence can only be where the recorders were dead.
    const silent = heard.filter(({ loudness }) => loudness < 20)
    expect(silent.length).toBeLessThan(35)
    expect(silent.filter(({ at }) => at > 0.8 && (at < -lead - 2 || at > -lead + 3))).toEqual([])
    expect((await filmOf(path)).seconds).toBeGreaterThan(8)
  })

  test('the worker is killed in the midst of it: what was before is there, and it goes on with who comes back', async () => {
    const { room, pool } = bridge
    const huyen = await station('huyen', { colour: 'red', hertz: 300 })
    room.follow(plan(both, { huyen: 'yes' }, ['huyen']))
    await huyen.enter()
    room.record('worker')
    await began('worker', 2)
    await lasting(4)
    const [load] = await pool.loads()
    process.kill(load?.pid ?? 0, 'SIGKILL')
    await bridge.next('huyen', 'media:lost')
    await huyen.enter()
    await began('worker', 4)
    await lasting(4)
    room.record(null)
    expect(await recordings.finish({ recordingId: 'worker', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
    const path = join(folder, 'worker', 'recording.mp4')
    expect(await faultsOf(path)).toBe('')
    expect((await filmOf(path)).seconds).toBeGreaterThan(8)
    expect((await sounds(path)).filter(({ loudness }) => loudness < 20).length).toBeLessThan(40)
    expect((await letters(path)).replace(/[^rW]/g, '').length).toBeGreaterThan(65)
  })

  test('a media process of its own writes, and the hub joins', async () => {
    await bridge.close()
    await openBoth(true)
    const { room } = bridge
    const huyen = await station('huyen', { colour: 'red', hertz: 300 })
    room.follow(plan(both, { huyen: 'yes' }, ['huyen']))
    await huyen.enter()
    room.record('wire')
    await began('wire', 2)
    await lasting(2)
    room.record(null)
    expect(await recordings.finish({ recordingId: 'wire', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
    expect(await faultsOf(join(folder, 'wire', 'recording.mp4'))).toBe('')
  })

  test('media processes on several machines write one recording; the one that writes is killed, and the next one goes on', { timeout: 60_000 }, async () => {
    const [one, other] = await Promise.all([startNode({ environment: { RECORDINGS_DIR: folder } }), startNode({ environment: { RECORDINGS_DIR: folder } })])
    const hub = openMedia({
      mode: 'present', workerProgram: null, cacheDir: '', prebuiltBase: null, mayInstall: false, listen: [], port: 0, recordingsDir: folder,
      nodes: { nodes: [{ name: 'tinh', host: '127.0.0.1', port: one.port }, { name: 'huyen', host: '127.0.0.1', port: other.port }], secret, nearest: async (siteId) => siteId },
    }, pino({ level: 'silent' }))
    await hub.obtain()
    const over = await bridgeOver((listener) => hub.openRoom('m1', listener))
    try {
      const open = async (peerId: string, settings: StationSettings) => {
        const opened = await openStation(over.room, peerId, { ...settings, siteId: peerId })
        stations.push(opened)
        await opened.enter()
      }
      over.room.follow(plan(both, { huyen: 'yes', tinh: 'yes' }, ['huyen']))
      await open('tinh', { colour: 'blue', hertz: 700, picture: false })
      await open('huyen', { colour: 'red', hertz: 300 })
      over.room.record('span')
      await began('span', 3)
      await lasting(3)
      await one.kill()
      // What was at the one that died may come back; what is at the other is written down there.
      await began('span', 5)
      await lasting(3)
      over.room.record(null)
      expect(await hub.finishRecording({ recordingId: 'span', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
    } finally {
      await over.close()
      await hub.close()
      await Promise.all([one.stop(), other.stop()])
    }
    const path = join(folder, 'span', 'recording.mp4')
    expect(await faultsOf(path)).toBe('')
    expect((await filmOf(path)).seconds).toBeGreaterThan(6)
    // The picture of a site at the other process, before and after the death.
    expect((await letters(path)).replace(/[^rW]/g, '').length).toBeGreaterThan(50)
  })

  test('paused means nothing is written down, and the file goes on without a gap', async () => {
    const { room } = bridge
    const huyen = await station('huyen', { colour: 'red', hertz: 300, picture: false })
    room.follow(plan(both, { huyen: 'yes' }, ['huyen']))
    await huyen.enter()
    room.record('paused')
    await began('paused', 1)
    await lasting(2)
    room.record(null)
    while (writers('paused').length > 0) await pause(20)
    await lasting(2)
    expect((await journal('paused')).filter(({ kind }) => kind === 'track')).toHaveLength(1)
    room.record('paused')
    await began('paused', 2)
    await lasting(2)
    room.record(null)
    expect(await recordings.finish({ recordingId: 'paused', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
    const { seconds } = await filmOf(join(folder, 'paused', 'recording.mp4'))
    expect(seconds).toBeGreaterThan(4)
    expect(seconds).toBeLessThan(5.5)
  })

  test('the hub is killed in the midst of it: its recorders and cameras end with it, and the next start makes the file of what is there', async () => {
    if ('missing' in present) return
    const hub = spawn(...leashed(process.execPath, ['--disable-warning=ExperimentalWarning', 'tests/support/media/recording-hub.main.ts', present.program, folder, 'hub']), { stdio: ['ignore', 'pipe', 'inherit'] })
    const said = createInterface({ input: hub.stdout })[Symbol.asyncIterator]()
    const camera = Number(String((await said.next()).value).split(' ')[1])
    expect((await said.next()).value).toBe('began')
    try {
      await lasting(4)
      hub.kill('SIGKILL')
      await once(hub, 'exit')
      while (writers('hub').length > 0 || isAlive(camera)) await pause(20)
      const outcome = await recordings.finish({ recordingId: 'hub', title: 'Giao ban', chapters: [] })
      expect(outcome).toMatchObject({ ok: true })
    } finally {
      hub.kill('SIGKILL')
    }
    const path = join(folder, 'hub', 'recording.mp4')
    expect(await faultsOf(path)).toBe('')
    const { seconds } = await filmOf(path)
    expect(seconds).toBeGreaterThan(3)
    expect(seconds).toBeLessThan(8)
    expect((await sounds(path)).filter(({ loudness, at }) => loudness < 20 && at > 1.5)).toEqual([])
    // Asked once more, as by a hub that did not live to hear it.
    expect(await recordings.finish({ recordingId: 'hub', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
  })

  test('a recorder that did not end with its hub is ended by the next start; a process that writes elsewhere is let be', async () => {
    await mkdir(join(folder, 'left'))
    const writes = (file: string) => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', file], { stdio: 'ignore' })
    const [left, other] = [writes('left.mkv'), writes('other.mkv')]
    try {
      const track = { kind: 'track', at: 2, producerId: 'p', source: 'microphone' }
      const lines = [{ kind: 'running', at: 1, on: true }, { ...track, file: 'left.mkv', pid: left.pid }, { ...track, file: 'nobody.mkv', pid: other.pid }, { kind: 'running', at: 3, on: false }]
      await writeFile(join(folder, 'left', 'journal.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      const gone = once(left, 'exit')
      expect(await recordings.finish({ recordingId: 'left', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: false, reason: 'nothingRecorded' })
      await gone
      expect(isAlive(other.pid ?? 0)).toBe(true)
    } finally {
      for (const child of [left, other]) child.kill('SIGKILL')
    }
  })

  test('a folder that cannot be made: everybody is told that nothing is recorded', async () => {
    await writeFile(join(folder, 'nowhere'), '')
    bridge.room.record('nowhere')
    expect(bridge.failed).toEqual([['nowhere', 'recorderFailed']])
  })

  test('a picture that changes its size, a torn-off file and an empty one make a scene of its full length', async () => {
    const make = (name: string, size: string) => execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `color=red:s=${size}:r=12:d=2`, '-c:v', 'libvpx', '-g', '999', join(folder, name)])
    make('a.mkv', '640x360')
    make('b.mkv', '320x240')
    await writeFile(join(folder, 'list.txt'), "file 'a.mkv'\nfile 'b.mkv'\n")
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'concat', '-i', join(folder, 'list.txt'), '-c', 'copy', join(folder, 'both.mkv')])
    const whole = await readFile(join(folder, 'both.mkv'))
    await writeFile(join(folder, 'torn.mkv'), whole.subarray(0, whole.length * 0.9))
    for (const [file, atMs] of [['both.mkv', 0], ['both.mkv', 1_500], ['torn.mkv', 500]] as const) {
      const out = join(folder, 'scene.mov')
      execFileSync('ffmpeg', sceneWords({ fromFrame: 0, frames: 125, main: { file, atMs }, inset: { file: 'a.mkv', atMs: 1_000 }, voices: [] }, out), { cwd: folder })
      expect((await filmOf(out)).seconds, `${file} at ${atMs}`).toBe(5)
      expect(await letters(out)).toMatch(/^r{50}$/)
    }
  })

  test('who is not on stage is not written down', async () => {
    const { room } = bridge
    const tinh = await station('tinh', { colour: 'blue', hertz: 700 })
    room.follow(plan(both, { tinh: 'muted' }, ['huyen']))
    await tinh.enter()
    const huyen = await station('huyen', { colour: 'red', hertz: 300, voice: true })
    room.follow(plan(both, { huyen: 'yes', tinh: 'muted' }, ['huyen']))
    await huyen.enter()
    room.record('stage')
    await began('stage', 2)
    // Two recorders with two ports each, on this machine alone: nobody else is to put anything into a recording.
    expect(await listening('stage')).toEqual(Array(4).fill('0100007F'))
    await lasting(2)
    const taken = (await journal('stage')).flatMap((line) => (line.kind === 'track' ? [line.producerId] : []))
    expect(new Set(taken)).toEqual(new Set(room.sending('huyen').map(({ producerId }) => producerId)))
    room.record(null)
    expect(await recordings.finish({ recordingId: 'stage', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: true })
  })

  test('nothing recorded, no ffmpeg: a readable reason, and what there is stays', async () => {
    expect(await recordings.finish({ recordingId: 'never', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: false, reason: 'nothingRecorded' })
    const without = new Recordings({ folder, programs: { ffmpeg: 'no-such-ffmpeg', ffprobe: 'ffprobe' }, log: pino({ level: 'silent' }), now: Date.now })
    expect(await without.lack(1)).toEqual({ reason: 'noProgram' })
    expect(await without.finish({ recordingId: 'never', title: 'Giao ban', chapters: [] })).toMatchObject({ ok: false, reason: 'noProgram' })
    expect(await recordings.lack(10_000_000)).toMatchObject({ reason: 'noRoom' })
    expect(() => recordings.folderOf('../elsewhere')).toThrow()
  })
})
