import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { MediaControl, PartsControl } from '../../../media/control.ts'
import { serveMedia } from '../../../media/node/node.ts'
import { openNodes } from '../../../media/nodes/nodes.ts'
import { Recordings } from '../../../media/recording/recordings.ts'
import type { WorkerPool } from '../../../media/sfu/pool.ts'
import type { PartControl } from '../../../media/room/room-parts.ts'
import type { RoomListener } from '../../../shared/media/room-control.ts'

export const secret = 'một mã dùng chung đủ dài cho các phép thử'

/** A media process's end and a hub's end of one line, both in this process: what passes between them passes over a real socket. */
export async function openWire(openRoom: (id: string, listener: RoomListener) => PartControl, pool: WorkerPool, recordings = noRecordings()): Promise<{ hub: MediaControl; close(): Promise<void> }> {
  const log = pino({ level: process.env['DEBUG_WIRE'] ?? 'silent' })
  const media: PartsControl = {
    availability: { state: 'ready', from: 'given' },
    onAvailability: () => () => {},
    obtain: async () => ({ state: 'ready', from: 'given' }),
    openRoom: async (id, listener) => openRoom(id, listener),
    openPart: async (id, listener) => openRoom(id, listener),
    capabilities: async () => (await pool.leg('capabilities')).router.rtpCapabilities as never,
    loads: () => pool.loads(),
    ...recordings.control(),
    close: async () => {},
  }
  const node = await serveMedia(media, { host: '127.0.0.1', port: 0, secret, grace: 0 }, log)
  const hub = openNodes({ nodes: [{ name: 'may', host: '127.0.0.1', port: node.port }], secret, nearest: async () => null }, recordings, log)
  await hub.obtain()
  return {
    hub,
    async close() {
      await hub.close()
      await node.close()
    },
  }
}

/** For whoever records nothing. */
function noRecordings(): Recordings {
  return new Recordings({ folder: join(tmpdir(), 'no-recordings'), programs: { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }, log: pino({ level: 'silent' }), now: Date.now })
}
