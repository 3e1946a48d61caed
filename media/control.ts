/** What the hub may ask of `media`; nothing else in there is imported by it. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import type { MediaAvailability, MediaFailed } from '../shared/contracts/media-availability.ts'
import type { RtpCapabilities } from '../shared/contracts/media-parameters.ts'
import { Refused } from '../shared/contracts/refusal.ts'
import type { FinishOrder, FinishOutcome, FinishProgress, RecordingLack } from '../shared/media/recording.ts'
import type { RoomControl, RoomListener } from '../shared/media/room-control.ts'
import type { SpanListener } from '../shared/media/span-control.ts'
import type { MediaNode, NodeSettings } from './node/node.ts'
import { openNodes, type NodesSettings } from './nodes/nodes.ts'
import { debianPrograms, type Programs } from './recording/program.ts'
import { Recordings } from './recording/recordings.ts'
import type { PartControl, RoomParts } from './room/room-parts.ts'
import type { WorkerLoad, WorkerPool } from './sfu/pool.ts'
import { workerPlace } from './worker/mediasoup.ts'

export interface MediaSettings {
  /** `auto`: the worker is downloaded or built when it is not there. `present`: only what is there is used. `off`: no video. */
  mode: 'auto' | 'present' | 'off'
  /** A worker of one's own; null for none. */
  workerProgram: string | null
  /** Where workers are kept. */
  cacheDir: string
  /** Where prebuilt workers are; null for mediasoup's own releases. */
  prebuiltBase: string | null
  /** Debian packages may be installed, as root on Debian. */
  mayInstall: boolean
  /** Addresses that media comes to; `announced`: what clients are told instead (NAT, container), null for the address itself. */
  listen: readonly { ip: string; announced: string | null }[]
  /** UDP and TCP port of the first worker, the next ones on those after it; 0 takes free ones. */
  port: number
  /** UDP ports of pipes to other media processes; null: free ones. */
  pipePorts?: { min: number; max: number } | null
  /** Media processes of their own, which then do all of it: nothing of the above is asked for. */
  nodes?: NodesSettings | null | undefined
  /** Recordings, a folder each, and what they are made with. */
  recordingsDir: string
  programs?: Programs
}

export interface MediaControl {
  /** As it is now. */
  readonly availability: MediaAvailability
  /** Told of each change; the answer ends it. */
  onAvailability(listener: (availability: MediaAvailability) => void): () => void
  /**
   * Gets the worker, if it is not there. Resolves when it is ready or cannot be had; never rejects. Asked again after a failure it tries again.
   * `nice`: everything else on this machine comes first while it is being built.
   */
  obtain(options?: { nice?: boolean }): Promise<MediaAvailability>
  /**
   * A media room; the worker must be ready.
   * @throws Refused `media.notReady`
   */
  openRoom(roomId: string, listener: RoomListener): Promise<RoomControl>
  /** What all rooms of this hub carry. */
  capabilities(): Promise<RtpCapabilities>
  /** What each worker holds; none before the first room. */
  loads(): Promise<WorkerLoad[]>
  /** What stands in the way of recording a meeting of so many hours; null: nothing. */
  recordingLack(hours: number): Promise<RecordingLack | null>
  /** Makes the file of what was recorded, however that ended; in processes of their own, and after those that were asked for before. Asked again it answers again. */
  finishRecording(order: FinishOrder): Promise<FinishOutcome>
  /** Told how far the file is that is being made; the answer ends it. */
  onRecordingProgress(listener: (progress: FinishProgress) => void): () => void
  /** Removes all of it, for ever. */
  discardRecording(recordingId: string): Promise<void>
  /** Ends what is under way. */
  close(): Promise<void>
}

/** Nothing is done, nor mediasoup loaded, before it is asked for: the hub's start does not wait for video. */
export function openMedia(settings: MediaSettings, log: Pick<Logger, 'info' | 'warn'>): MediaControl {
  const recordings = recordingsOf(settings, log)
  return settings.nodes && settings.mode !== 'off' ? openNodes(settings.nodes, recordings, log) : openHere(settings, recordings, log)
}

/** Makes this process a media process, which does what hubs that know the secret ask of it. @throws when it cannot listen */
export async function openMediaNode(settings: MediaSettings, serving: NodeSettings, log: Pick<Logger, 'info' | 'warn'>): Promise<{ media: MediaControl; node: MediaNode }> {
  const { serveMedia } = await import('./node/node.ts')
  const media = openHere(settings, recordingsOf(settings, log), log)
  return { media, node: await serveMedia(media, serving, log) }
}

function recordingsOf({ recordingsDir, programs = debianPrograms }: MediaSettings, log: Pick<Logger, 'info' | 'warn'>): Recordings {
  return new Recordings({ folder: recordingsDir, programs, log, now: Date.now })
}

/** What a media process needs besides. */
export interface PartsControl extends MediaControl {
  /** A part of a room that may have others elsewhere. @throws Refused `media.notReady` */
  openPart(roomId: string, listener: RoomListener, span: SpanListener): Promise<PartControl>
}

function openHere(settings: MediaSettings, recordings: Recordings, log: Pick<Logger, 'info' | 'warn'>): PartsControl {
  const listeners = new Set<(availability: MediaAvailability) => void>()
  const closing = new AbortController()
  let availability: MediaAvailability = { state: 'absent' }
  let underWay: Promise<MediaAvailability> | null = null
  let program: string | null = null
  let pool: Promise<WorkerPool> | null = null

  const become = (next: MediaAvailability) => {
    if (closing.signal.aborted || (next.state === 'fetching' && availability.state === 'fetching')) return
    if (next.state !== 'building' || next.done === next.total) log.info({ media: next }, 'media')
    availability = next
    for (const listener of listeners) listener(next)
  }

  async function obtain(nice: boolean): Promise<MediaAvailability> {
    try {
      // At once, so that the hub's greeting can say it.
      become({ state: existsSync(settings.workerProgram ?? workerPlace(settings.cacheDir)) ? 'starting' : 'fetching' })
      const { obtainWorker } = await import('./worker/obtain.ts')
      const obtained = await obtainWorker({
        given: settings.workerProgram, cacheDir: settings.cacheDir, presentOnly: settings.mode === 'present', prebuiltBase: settings.prebuiltBase,
        mayInstall: settings.mayInstall, nice, signal: closing.signal, onState: become, onWhy: (why) => log.info(why),
      })
      program = obtained.program
      become({ state: 'ready', from: obtained.from })
    } catch (error) {
      const failed = failureOf(error)
      if (!closing.signal.aborted) log.warn({ err: error, reason: failed.reason }, 'there is no video')
      become(failed)
    }
    return availability
  }

  /** Workers begin with the first room: a hub without video pays nothing for it. */
  async function workers(): Promise<WorkerPool> {
    if (program === null || closing.signal.aborted) throw new Refused('media.notReady')
    const { listen, port } = settings
    const started = program
    pool ??= import('./sfu/pool.ts').then(({ WorkerPool: Pool }) => Pool.open({ program: started, listen, port, workers: availableParallelism(), log }))
    try {
      return await pool
    } catch (error) {
      pool = null
      log.warn({ err: error }, 'media workers could not be started')
      throw new Refused('media.notReady')
    }
  }

  async function open(parts: Omit<RoomParts, 'pool'>): Promise<PartControl> {
    const { Room } = await import('./room/room.ts')
    return new Room({ ...parts, ...(settings.programs ? { programs: settings.programs } : {}), pool: await workers() })
  }

  return {
    get availability() { return availability },
    onAvailability(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    obtain({ nice = false } = {}) {
      if (settings.mode === 'off' || availability.state === 'ready' || closing.signal.aborted) return Promise.resolve(availability)
      underWay ??= obtain(nice).finally(() => { underWay = null })
      return underWay
    },
    openRoom: (roomId, listener) => open({ roomId, listener, log, recordings }),
    openPart: (roomId, listener, span) => open({ roomId, listener, log, recordings, span: { listener: span, pipe: { listen: settings.listen[0] ?? { ip: '127.0.0.1', announced: null }, ports: settings.pipePorts ?? null } } }),
    async capabilities() {
      const { router } = await (await workers()).leg('capabilities')
      return router.rtpCapabilities as RtpCapabilities
    },
    loads: async () => (await pool?.catch(() => null))?.loads() ?? [],
    ...recordings.control(),
    async close() {
      closing.abort(new Error('the hub is closing'))
      listeners.clear()
      await underWay
      await recordings.close()
      await pool?.then((opened) => opened.close(), () => {})
    },
  }
}

function failureOf(error: unknown): MediaFailed {
  const { name, message, reason, packages, detail } = error as Partial<{ name: string; message: string } & Omit<MediaFailed, 'state'>>
  if (name === 'WorkerFailed' && reason) return { state: 'failed', reason, packages: packages ?? [], detail: detail ?? '' }
  return { state: 'failed', reason: 'build', packages: [], detail: message ?? String(error) }
}
