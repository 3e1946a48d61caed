import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { Recordings } from '../../../media/recording/recordings.ts'
import { openBridge, plan } from '../../support/media/bridge.ts'
import { filmOf } from '../../support/media/film.ts'
import { openStation } from '../../support/media/station.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { withinLimit, type Figure } from '../figure.ts'
import { processorMs } from './generator.ts'

const peers = ['huyen', 'tinh', 'xa']
const seconds = 60

/** A minute of a meeting, three voices and the picture of one: what writing it down costs while it lasts, and making the file afterwards. */
export async function recording(): Promise<Figure[]> {
  const present = await presentWorker()
  if ('missing' in present) {
    console.log(present.missing)
    return []
  }
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-recordings-'))
  const recordings = new Recordings({ folder, programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }, log: pino({ level: 'silent' }), now: Date.now })
  const bridge = await openBridge({ program: present.program, recordings })
  const stations = []
  try {
    const { room } = bridge
    for (const [index, peerId] of peers.entries()) stations.push(await openStation(room, peerId, { colour: 'red', hertz: 300 + 200 * index, size: '1280x720', lively: index === 0, picture: index === 0 }))
    room.follow(plan(peers, { huyen: 'yes', tinh: 'yes', xa: 'yes' }, ['huyen']))
    for (const station of stations) await station.enter()
    room.record('bench')
    const began = performance.now()
    const used = new Map<number, number>()
    while (performance.now() - began < seconds * 1000) {
      await wait(1_000)
      for (const pid of writers(folder)) used.set(pid, processorOf(pid) ?? used.get(pid) ?? 0)
    }
    const lasted = (performance.now() - began) / 1000
    room.record(null)
    for (const station of stations.splice(0)) station.stop()
    const journal = await readFile(join(folder, 'bench', 'journal.jsonl'), 'utf8')
    const finishing = performance.now()
    const outcome = await recordings.finish({ recordingId: 'bench', title: 'Giao ban', chapters: [] })
    const made = (performance.now() - finishing) / 1000
    if (!outcome.ok) throw new Error(outcome.detail)
    const film = await filmOf(join(folder, 'bench', 'recording.mp4'))
    const perSecond = [...used.values()].reduce((sum, one) => sum + one, 0) / lasted
    const note = `${Math.round(film.seconds)} s, ${journal.split('"kind":"track"').length - 1} files joined, ${Math.round(outcome.bytes / 1000)} kB; a 720p picture full of motion and noise, 24 a second at 1.5 Mbit/s, by ffmpeg as camera, which runs no more while the file is made`
    return [
      withinLimit('A minute recorded: processor of all that write it down, a second', 'ms', [perSecond], 100, 'three voices and a 720p picture, an ffmpeg each; without the worker, which sends to one receiver more'),
      withinLimit('A minute recorded: until its file is made', 's', [made], seconds, note),
    ]
  } finally {
    for (const station of stations) station.stop()
    await bridge.close()
    await recordings.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function writers(folder: string): number[] {
  return execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n').filter((line) => line.includes('-cluster_time_limit')).map((line) => Number(line.trim().split(' ')[0]))
    .filter((pid) => { try { return execFileSync('readlink', [`/proc/${pid}/cwd`]).toString().startsWith(folder) } catch { return false } })
}

function processorOf(pid: number): number | null {
  try {
    return processorMs(pid)
  } catch {
    return null
  }
}
