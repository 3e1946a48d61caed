import type { AudioLevelObserver, Producer, Router, WebRtcServer } from 'mediasoup/types'
import type { WorkerPool } from '../sfu/pool.ts'

/** One worker's part of a room. */
export interface RoomLeg {
  readonly id: string
  readonly router: Router
  readonly server: WebRtcServer
  readonly levels: AudioLevelObserver
  /** How many peers have their transports here. */
  peers: number
}

/** As many as one worker carries well: each takes the stage and a gallery, and a worker about 500 of such streams. */
const usualPeers = 40

export interface Loud { producerId: string; decibels: number }

export interface LegsParts {
  pool: WorkerPool
  roomId: string
  /** So many peers on one worker before the next one takes part. */
  peersPerWorker?: number
  /** Its worker is dead. */
  onLost(leg: RoomLeg): void
  /** Who sounds, in all legs together; four times a second at most from each. */
  onLevels(loud: Loud[]): void
}

/** The workers' parts of one room, and the pipes between them: each is made when the first listener needs it. */
export class Legs {
  readonly #parts: LegsParts
  readonly #legs: RoomLeg[] = []
  readonly #loud = new Map<RoomLeg, Loud[]>()
  /** By producer and leg. */
  readonly #pipes = new Map<string, Promise<void>>()
  #opening: Promise<RoomLeg> | null = null
  #made = 0

  constructor(parts: LegsParts) {
    this.#parts = parts
  }

  /** A leg with a place for one more peer, which it counts. */
  async place(): Promise<RoomLeg> {
    // One at a time: those who come together must not open a leg each.
    while (this.#opening) await this.#opening.catch(() => {})
    const { pool, peersPerWorker = usualPeers } = this.#parts
    const least = this.#legs.reduce<RoomLeg | null>((best, leg) => (best && best.peers <= leg.peers ? best : leg), null)
    if (least && (least.peers < peersPerWorker || this.#legs.length >= pool.workerCount)) {
      least.peers += 1
      return least
    }
    this.#opening = this.#open().finally(() => { this.#opening = null })
    const leg = await this.#opening
    leg.peers += 1
    return leg
  }

  /** Where pipes to other parts of the room begin; undefined: nobody has come yet. */
  get first(): RoomLeg | undefined {
    return this.#legs[0]
  }

  /** Lets what is sent into one leg be heard in another, too. */
  async bring(producer: Producer, from: RoomLeg, to: RoomLeg): Promise<void> {
    if (from === to) return
    const name = `${producer.id} ${to.id}`
    let pipe = this.#pipes.get(name)
    if (!pipe) {
      pipe = from.router.pipeToRouter({ producerId: producer.id, router: to.router }).then(() => {})
      this.#pipes.set(name, pipe)
      producer.observer.once('close', () => this.#pipes.delete(name))
      pipe.catch(() => this.#pipes.delete(name))
    }
    await pipe
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => {})
    await Promise.all(this.#legs.splice(0).map(({ id }) => this.#parts.pool.closeLeg(id)))
  }

  async #open(): Promise<RoomLeg> {
    const { pool, roomId } = this.#parts
    this.#made += 1
    // Never twice the same name: a leg that died may be forgotten by the pool a moment later.
    const { id, router, server } = await pool.leg(`${roomId} ${this.#made}`, this.#legs.map((leg) => leg.id))
    const levels = await router.createAudioLevelObserver({ interval: 250, maxEntries: 8, threshold: -60 })
    const leg: RoomLeg = { id, router, server, levels, peers: 0 }
    this.#legs.push(leg)
    const hear = (loud: Loud[]) => {
      this.#loud.set(leg, loud)
      this.#parts.onLevels([...this.#loud.values()].flat().sort((a, b) => b.decibels - a.decibels))
    }
    levels.on('volumes', (volumes) => hear(volumes.map(({ producer, volume }) => ({ producerId: producer.id, decibels: volume }))))
    levels.on('silence', () => hear([]))
    router.once('workerclose', () => this.#lose(leg))
    return leg
  }

  #lose(leg: RoomLeg): void {
    const at = this.#legs.indexOf(leg)
    if (at < 0) return
    this.#legs.splice(at, 1)
    this.#loud.delete(leg)
    for (const name of [...this.#pipes.keys()]) if (name.endsWith(` ${leg.id}`)) this.#pipes.delete(name)
    this.#parts.onLost(leg)
  }
}
