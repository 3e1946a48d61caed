import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Plan, Said } from './plan.ts'

const entry = fileURLToPath(new URL('hub-process.ts', import.meta.url))

/** One life of the hub in a process of its own; it stands by until `begin`. */
export class HubLife {
  readonly listening: Promise<Extract<Said, { said: 'listening' }>>
  readonly ended: Promise<{ signal: NodeJS.Signals | null; killing: Extract<Said, { said: 'killing' }> | null }>
  /** Warnings and errors that it logged. */
  errors = ''
  readonly #process: ChildProcess

  constructor(place: { dataDir: string; meetingId: string; port: number }) {
    this.#process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
      env: {
        PATH: process.env.PATH, DATA_DIR: place.dataDir, PORT: String(place.port), DEMO: '0', MEETING_ID: place.meetingId,
        // Compiled once, so that a restart costs what it costs an installed hub.
        NODE_COMPILE_CACHE: join(place.dataDir, 'compiled'),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#process.stderr?.on('data', (text: Buffer) => (this.errors += text))
    const said: Said[] = []
    const heard = Promise.withResolvers<Extract<Said, { said: 'listening' }>>()
    const lines = createInterface({ input: this.#process.stdout! })
    lines.on('line', (line) => {
      const what = JSON.parse(line) as Said
      said.push(what)
      if (what.said === 'listening') heard.resolve(what)
    })
    this.listening = heard.promise
    this.ended = Promise.all([
      new Promise<NodeJS.Signals | null>((resolve) => this.#process.once('exit', (_code, signal) => resolve(signal))),
      new Promise<void>((resolve) => lines.once('close', resolve)),
    ]).then(([signal]) => {
      heard.reject(new Error(`the hub ended before it listened (${signal}): ${this.errors}`))
      return { signal, killing: said.find((one) => one.said === 'killing') ?? null }
    })
    heard.promise.catch(() => {})
  }

  begin(plan: Plan | null): void {
    this.#process.stdin?.write(`${JSON.stringify(plan)}\n`)
  }

  kill(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#process.kill(signal)
  }
}
