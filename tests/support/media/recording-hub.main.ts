/** A process that records a room into a folder, to be killed: what a hub does of it, without the rest of a hub. Says `began` when files have begun. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { Recordings } from '../../../media/recording/recordings.ts'
import { openBridge, plan } from './bridge.ts'
import { openStation } from './station.ts'

const [program = '', folder = '', recordingId = ''] = process.argv.slice(2)
const recordings = new Recordings({ folder, programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }, log: pino({ level: 'silent' }), now: Date.now })
const { room } = await openBridge({ program, recordings })
const station = await openStation(room, 'huyen', { colour: 'red', hertz: 300 })
// The camera is no part of the hub that is killed: it ends when nobody listens to it any more.
process.stdout.write(`camera ${station.pid}\n`)
room.follow(plan(['huyen'], { huyen: 'yes' }, ['huyen']))
await station.enter()
room.record(recordingId)
const began = async () => (await readFile(join(folder, recordingId, 'journal.jsonl'), 'utf8').catch(() => '')).split('"began"').length - 1
while (await began() < 2) await pause(20)
process.stdout.write('began\n')
