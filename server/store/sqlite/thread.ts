/** The main thread's end of the line to the database thread. */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Reads, Reply, Request, ThreadData, Writes } from './thread/main.ts'
import type { Synchronous } from './thread/database.ts'

type Operations = Reads & Writes
type Waiting = { resolve(output: unknown): void; reject(reason: Error): void }

export class Thread {
  readonly #worker: Worker
  readonly #port: MessagePort
  readonly #waiting = new Map<number, Waiting>()
  #outbox: Request[] = []
  #lastId = 0
  #ended: Error | null = null
  /** Resolves when the thread ends without having been asked to. */
  readonly failed: Promise<Error>
  #fail!: (reason: Error) => void

  private constructor(path: string, synchronous: Synchronous) {
    this.failed = new Promise((resolve) => (this.#fail = resolve))
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const data: ThreadData = { port: port2, path, synchronous }
    this.#worker = new Worker(new URL('./thread/main.ts', import.meta.url), { workerData: data, transferList: [port2], execArgv: [] })
    this.#port.on('message', (replies: Reply[]) => replies.forEach(reply => this.#settle(reply)))
    this.#worker.on('error', error => this.#end(error as Error))
    this.#worker.on('exit', () => this.#end(new Error('the store is closed')))
  }

  /** Resolves when the database is open; rejects with the reason it is not. */
  static async start(path: string, synchronous: Synchronous): Promise<Thread> {
    const thread = new Thread(path, synchronous)
    await new Promise((resolve, reject) => thread.#waiting.set(0, { resolve, reject }))
    return thread
  }

  /** Has the thread do `name`; a write resolves after its commit. Calls made in one turn travel together. */
  call<Name extends keyof Operations>(name: Name, ...input: Parameters<Operations[Name]>): Promise<ReturnType<Operations[Name]>> {
    return this.#send(name, input) as Promise<ReturnType<Operations[Name]>>
  }

  /** What was called before is answered first. */
  async close(): Promise<void> {
    if (this.#ended) return
    const closed = this.#send('close', [])
    this.#ended = new Error('the store is closed')
    await closed
    await this.#worker.terminate()
  }

  #send(name: string, input: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      this.#outbox.push({ id, name, input })
      if (this.#outbox.length > 1) return
      queueMicrotask(() => {
        this.#port.postMessage(this.#outbox)
        this.#outbox = []
      })
    })
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('error' in reply) waiting?.reject(new Error(reply.error))
    else waiting?.resolve(reply.output)
  }

  #end(reason: Error): void {
    if (!this.#ended) this.#fail(reason)
    this.#ended ??= reason
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
    this.#port.close()
  }
}
