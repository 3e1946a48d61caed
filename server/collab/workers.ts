/** The threads that documents live in, as the hub sees them: calls, a watch on how long one message takes, another thread for one that ended. */
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { CollabLimits } from './limits.ts'
import { monotonic, worked } from './worker/clock.ts'
import { atBytes, type Job, type Message, type Reply, type Results, type WorkerData } from './worker/protocol.ts'

/** A thread ended with a call unanswered. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded'
  /** Index of the message of this very call that the thread was at; null when it was at another call, or nobody knows. */
  readonly culprit: number | null
  /** Whether the thread was at this call, at a message or between two. */
  readonly here: boolean
  constructor(culprit: number | null, here: boolean) {
    super('the thread of this document ended')
    this.culprit = culprit
    this.here = here
  }
}

interface Waiting { resolve(result: Results[keyof Results]): void; reject(reason: Error): void }

type WorkerLimits = Pick<CollabLimits, 'workers' | 'workerMemory' | 'messageTime' | 'megabyteTime' | 'documentTime'>

const watchEvery = 25
/** So many times the limit a message may take by the wall's clock where nobody tells how long a thread worked. */
const unmeasured = 10
const bytesOf = (message: Message) => ('update' in message ? message.update : message.vector).length

export class Workers {
  readonly #threads: Thread[]

  constructor(limits: WorkerLimits, log: Logger) {
    this.#threads = Array.from({ length: limits.workers }, () => new Thread(limits, log))
  }

  /** The thread that a document lives in, as long as it is open. */
  of(name: string): Thread {
    let hash = 2_166_136_261
    for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 16_777_619)
    return this.#threads[(hash >>> 0) % this.#threads.length] as Thread
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}

export class Thread {
  /** Grows with every new thread in this place; what was open in an older one is open no more. */
  generation = 0
  readonly #limits: WorkerLimits
  readonly #log: Logger
  #at: Float64Array = new Float64Array()
  readonly #waiting = new Map<number, Waiting & { job: Job }>()
  #watching: NodeJS.Timeout | undefined
  #worker: Worker
  #lastId = 0
  #closed = false
  /** What the thread was found at too long where nobody knows how long it worked, to be found there once more: a machine that stood still is no verdict. */
  #suspect = ''

  constructor(limits: WorkerLimits, log: Logger) {
    this.#limits = limits
    this.#log = log
    this.#worker = this.#start()
  }

  /** @throws WorkerEnded, or an Error with what the thread says */
  call<K extends Job['kind']>(job: Extract<Job, { kind: K }>): Promise<Results[K]> {
    return new Promise<Results[keyof Results]>((resolve, reject) => {
      if (this.#closed) return reject(new WorkerEnded(null, false))
      const id = (this.#lastId += 1)
      this.#waiting.set(id, { resolve, reject, job })
      this.#watching ??= setInterval(() => this.#watch(), watchEvery).unref()
      this.#worker.postMessage({ id, job })
    }) as Promise<Results[K]>
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#watching)
    await this.#worker.terminate()
  }

  #start(): Worker {
    this.generation += 1
    // Of its own: the thread before may still be at its last words.
    const at = new SharedArrayBuffer(atBytes)
    this.#at = new Float64Array(at)
    const data: WorkerData = { at }
    const worker = new Worker(new URL('./worker/main.ts', import.meta.url), {
      workerData: data, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: this.#limits.workerMemory, maxYoungGenerationSizeMb: 32 },
    })
    worker.unref()
    worker.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      if ('error' in reply) waiting?.reject(new Error(reply.error))
      else waiting?.resolve(reply.result)
    })
    worker.on('error', (error) => this.#log.warn({ err: error }, 'a thread of documents failed'))
    worker.on('exit', () => this.#ended(worker))
    return worker
  }

  #watch(): void {
    const [id = 0, index = 0, since = 0, workedThen = 0, thread = 0] = this.#at
    const job = this.#waiting.get(id)?.job
    if (this.#waiting.size === 0) {
      clearInterval(this.#watching)
      this.#watching = undefined
    }
    const took = since === 0 ? 0 : monotonic() - since
    const limit = this.#limitOf(job, index)
    if (took < limit) return void (this.#suspect = '')
    const work = worked(thread) - workedThen
    if (work < limit) return void (this.#suspect = '')
    const doing = `${id} ${index} ${since}`
    if (Number.isNaN(work) && (took < unmeasured * limit || this.#suspect !== doing)) return void (this.#suspect = doing)
    this.#log.warn({ ms: Math.round(took), worked: Math.round(work), kind: job?.kind }, 'an update takes too long: its thread is ended')
    // The verdict counts from now, whenever the thread gets to end.
    this.#ended(this.#worker)
  }

  /** Milliseconds of work after which the thread is ended. */
  #limitOf(job: Job | undefined, index: number): number {
    const { messageTime, megabyteTime, documentTime } = this.#limits
    if (job?.kind !== 'merge') return documentTime
    const message = job.messages[index]
    // An answer is as long as the document.
    if (message?.kind === 'asks') return documentTime
    const bytes = message ? bytesOf(message) : job.messages.reduce((sum, one) => sum + bytesOf(one), 0)
    return messageTime + (megabyteTime * bytes) / 1024 / 1024
  }

  #ended(worker: Worker): void {
    if (worker !== this.#worker) return
    const [culprit = 0, index = -1, since = 0] = this.#at
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    this.#suspect = ''
    if (!this.#closed) this.#worker = this.#start()
    worker.terminate().catch(() => {})
    for (const [id, { reject }] of waiting) {
      const here = since !== 0 && id === culprit
      reject(new WorkerEnded(here && index >= 0 ? index : null, here))
    }
  }
}
