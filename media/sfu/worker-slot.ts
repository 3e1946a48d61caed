import { setTimeout as pause } from 'node:timers/promises'
import { createWorker } from 'mediasoup'
import type { WebRtcServer, Worker } from 'mediasoup/types'
import type { Logger } from 'pino'

export interface SlotOptions {
  /** The worker's program. */
  program: string
  /** Addresses it listens on; `announced`: what clients are told instead (NAT, container), null for the address itself. */
  listen: readonly { ip: string; announced: string | null }[]
  /** Its UDP and its TCP port: one of each for all that connect. 0 takes free ones. */
  port: number
  log: Pick<Logger, 'info' | 'warn'>
}

export interface LiveWorker { worker: Worker; server: WebRtcServer }

/** Milliseconds. A worker that lived so long died of something new. */
const longLife = 2_000
/** Whatever kills one worker after the other, a call that could go on is back within three seconds. */
const longestPause = 2_000

/** A place for one worker, which is filled again whenever the worker in it dies. What the dead one carried is for others to drop and make anew. */
export class WorkerSlot {
  readonly #options: SlotOptions
  readonly #closing = new AbortController()
  #live: Promise<LiveWorker>
  #quickDeaths = 0

  private constructor(options: SlotOptions) {
    this.#options = options
    this.#live = this.#start()
  }

  /** @throws when the first worker cannot be started, or its ports are taken */
  static async open(options: SlotOptions): Promise<WorkerSlot> {
    const slot = new WorkerSlot(options)
    await slot.#live
    return slot
  }

  /** The worker of now; after a death, the next one as soon as it is there. */
  get live(): Promise<LiveWorker> {
    return this.#live
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#live.then(({ worker }) => worker.close(), () => {})
  }

  async #start(): Promise<LiveWorker> {
    const { program, listen, port, log } = this.#options
    const worker = await createWorker({ workerBin: program, logLevel: 'warn' })
    const born = performance.now()
    try {
      const listenInfos = listen.flatMap(({ ip, announced }) => (['udp', 'tcp'] as const).map((protocol) =>
        ({ protocol, ip, ...(announced === null ? {} : { announcedAddress: announced }), ...(port === 0 ? {} : { port }) })))
      const server = await worker.createWebRtcServer({ listenInfos })
      worker.once('died', (error) => {
        log.warn({ err: error, pid: worker.pid }, 'a media worker died')
        this.#quickDeaths = performance.now() - born > longLife ? 0 : this.#quickDeaths + 1
        this.#live = this.#startAgain()
        // Nobody may be waiting for it just now.
        this.#live.catch(() => {})
      })
      log.info({ pid: worker.pid }, 'a media worker is there')
      return { worker, server }
    } catch (error) {
      worker.close()
      throw error
    }
  }

  /** The first death costs no pause: a picture that stands still is waiting for it. */
  async #startAgain(): Promise<LiveWorker> {
    for (let attempt = this.#quickDeaths; ; attempt += 1) {
      const { signal } = this.#closing
      if (attempt > 1) await pause(Math.min(longestPause, 125 * 2 ** Math.min(attempt, 10)), undefined, { signal })
      signal.throwIfAborted()
      try {
        return await this.#start()
      } catch (error) {
        this.#options.log.warn({ err: error }, 'a media worker could not be started again')
      }
    }
  }
}
