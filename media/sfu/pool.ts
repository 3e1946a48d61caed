import { availableParallelism } from 'node:os'
import type { Router, RouterRtpCodecCapability, WebRtcServer } from 'mediasoup/types'
import { roomCodecs } from './codecs.ts'
import { WorkerSlot, type SlotOptions } from './worker-slot.ts'

export interface PoolOptions extends SlotOptions {
  /** How many workers; each takes a core at most. Default: one for each core. Worker n listens on `port` + n. */
  workers?: number
}

/** What one worker carries of a room: a room that outgrows a worker has several, with pipes between them. */
export interface Leg {
  readonly id: string
  readonly router: Router
  /** For the transports of this leg: one UDP and one TCP port for all of the worker's. */
  readonly server: WebRtcServer
  /** The worker's process. */
  readonly pid: number
}

/** Transports are those of browsers. */
export interface WorkerLoad { pid: number; routers: number; transports: number }

interface Entry { slot: WorkerSlot; leg: Promise<Leg> }

/** All workers, and the legs of rooms they carry. A worker that dies takes its legs with it and nothing else; asked for again, such a leg is made anew. */
export class WorkerPool {
  readonly #slots: readonly WorkerSlot[]
  readonly #legs = new Map<string, Entry>()
  readonly #lost = new Set<(legId: string) => void>()

  private constructor(slots: readonly WorkerSlot[]) {
    this.#slots = slots
  }

  /** @throws when a worker cannot be started, or its ports are taken */
  static async open({ workers = availableParallelism(), ...options }: PoolOptions): Promise<WorkerPool> {
    const opened = await Promise.allSettled(Array.from({ length: workers }, (_none, at) =>
      WorkerSlot.open({ ...options, port: options.port === 0 ? 0 : options.port + at })))
    const slots = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = opened.find((one) => one.status === 'rejected')
    if (!failed) return new WorkerPool(slots)
    await Promise.all(slots.map((slot) => slot.close()))
    throw failed.reason
  }

  /** Told of each leg whose worker died; the answer ends it. By then the leg is forgotten: `leg` makes it anew. */
  onLost(listener: (legId: string) => void): () => void {
    this.#lost.add(listener)
    return () => void this.#lost.delete(listener)
  }

  /** The leg of this id; made in the worker with the fewest when it is not there. `beside`: not in the workers of these. `codecs`: others than a room's. */
  leg(id: string, beside: readonly string[] = [], codecs: RouterRtpCodecCapability[] = roomCodecs): Promise<Leg> {
    const there = this.#legs.get(id)
    if (there) return there.leg
    const slot = this.#emptiest(beside.flatMap((other) => this.#legs.get(other)?.slot ?? []))
    const entry: Entry = { slot, leg: make(id, slot, codecs) }
    this.#legs.set(id, entry)
    entry.leg.then(
      // Not in the worker's `died`: whoever made a leg anew there could be given the dead router.
      ({ router }) => router.once('workerclose', () => this.#lose(id, entry)),
      () => this.#forget(id, entry),
    )
    return entry.leg
  }

  /** Ends a leg and all that goes through it; without effect where there is none. */
  async closeLeg(id: string): Promise<void> {
    const entry = this.#legs.get(id)
    this.#legs.delete(id)
    await entry?.leg.then(({ router }) => router.close(), () => {})
  }

  get legCount(): number {
    return this.#legs.size
  }

  get workerCount(): number {
    return this.#slots.length
  }

  /** What each worker itself says it holds. */
  async loads(): Promise<WorkerLoad[]> {
    return Promise.all(this.#slots.map(async (slot) => {
      const { worker, server } = await slot.live
      const [{ routerIds }, { webRtcTransportIds }] = await Promise.all([worker.dump(), server.dump()])
      return { pid: worker.pid, routers: routerIds.length, transports: webRtcTransportIds.length }
    }))
  }

  async close(): Promise<void> {
    this.#lost.clear()
    this.#legs.clear()
    await Promise.all(this.#slots.map((slot) => slot.close()))
  }

  #lose(id: string, entry: Entry): void {
    if (!this.#forget(id, entry)) return
    // `workerclose` comes before the slot knows of the death: whoever asks at once must be given the next worker.
    queueMicrotask(() => { for (const listener of this.#lost) listener(id) })
  }

  /** False when the leg has been closed, or made anew, meanwhile. */
  #forget(id: string, entry: Entry): boolean {
    return this.#legs.get(id) === entry && this.#legs.delete(id)
  }

  #emptiest(besides: readonly WorkerSlot[]): WorkerSlot {
    const legs = [...this.#legs.values()]
    const load = (slot: WorkerSlot) => legs.filter((one) => one.slot === slot).length
    const [first, ...others] = this.#slots.filter((slot) => !besides.includes(slot))
    if (!first) throw new Error('a pool without a worker for it')
    return others.reduce((least, slot) => (load(slot) < load(least) ? slot : least), first)
  }
}

/** A worker that dies just now is not the leg's end: the next one in its slot is asked. */
async function make(id: string, slot: WorkerSlot, mediaCodecs: RouterRtpCodecCapability[]): Promise<Leg> {
  for (;;) {
    const { worker, server } = await slot.live
    try {
      return { id, server, pid: worker.pid, router: await worker.createRouter({ mediaCodecs }) }
    } catch (error) {
      if (!worker.died) throw error
    }
  }
}
