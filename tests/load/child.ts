import { fork, type ChildProcess } from 'node:child_process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a child can be asked: functions by name, with JSON in and out. */
export type Tasks = Record<string, (input: never) => unknown>

interface Question { id: number; task: string; input: unknown }
interface Answer { id: number; value?: unknown; error?: string }

/** In the child: answers questions from the parent until it is told to go. */
export function answerParent(tasks: Tasks): void {
  process.on('message', async ({ id, task, input }: Question) => {
    try {
      const value = await tasks[task]?.(input as never)
      process.send?.({ id, value } satisfies Answer)
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer)
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
}

/** Throws away what nobody needs any more. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

/**
 * Bytes of this process's heap and buffers when the garbage is gone. Not its resident set: pages that earlier work has left behind would
 * hide what a connection costs.
 */
export async function settledMemory(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** @throws Error when this machine lets a process hold fewer open files than so many sockets need */
export function needSockets(count: number): void {
  const report = process.report.getReport() as unknown as { userLimits?: { open_files?: { soft: number | string } } }
  const limit = Number(report.userLimits?.open_files?.soft ?? Infinity)
  if (limit < count + 200) throw new Error(`${count} sockets need more open files than the ${limit} that are allowed here: ulimit -n ${count + 500}`)
}

/** A child process of its own Node, so that its CPU time is its own. */
export class Child<T extends Tasks> {
  readonly process: ChildProcess
  #next = 1
  readonly #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()

  constructor(file: URL, env: Record<string, string> = {}) {
    this.process = fork(file, { env: { ...process.env, ...env }, execArgv: ['--disable-warning=ExperimentalWarning', ...(process.env.PROFILE_DIR ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE_DIR}`] : [])] })
    this.process.on('message', ({ id, value, error }: Answer) => {
      const waiting = this.#open.get(id)
      this.#open.delete(id)
      if (error === undefined) waiting?.resolve(value)
      else waiting?.reject(new Error(error))
    })
    this.process.on('exit', (code) => {
      for (const { reject } of this.#open.values()) reject(new Error(`${file.pathname} ended with ${code}`))
      this.#open.clear()
    })
  }

  ask<K extends keyof T & string>(task: K, input: Parameters<T[K]>[0]): Promise<Awaited<ReturnType<T[K]>>> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.process.send({ id, task, input } satisfies Question)
    })
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill(signal)
    await gone
  }
}
