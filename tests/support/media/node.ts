import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leashed } from '../../../media/recording/leash.ts'
import { readConfig } from '../../../server/config.ts'
import { secret } from './wire.ts'

export interface NodeProcess {
  readonly port: number
  /** Of the process that runs now. */
  readonly pid: number
  /** What it has written so far. */
  readonly said: string
  /** As a crash ends it; resolves when it has ended. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface NodeOptions {
  host?: string
  port?: number
  /** As a service manager does: whenever it dies it is started again. */
  supervised?: boolean
  /** The network namespace that it runs in. */
  namespace?: string
  environment?: Record<string, string>
}

const program = fileURLToPath(new URL('../../../server/media-node.ts', import.meta.url))

/** A media process as `npm run media:node` starts one, with the worker that is here. */
export async function startNode({ host = '127.0.0.1', port = 0, supervised = false, namespace, environment = {} }: NodeOptions = {}): Promise<NodeProcess> {
  const { mediaWorker, cacheDir } = readConfig(process.env)
  const folder = mkdtempSync(join(tmpdir(), 'giao-ban-node-'))
  let [bound, said, stopping] = [port, '', false]
  let child: ChildProcess
  const begin = async () => {
    const env = {
      PATH: process.env['PATH'] ?? '', HOME: folder, DATA_DIR: join(folder, 'data'), DEMO: '0', MEDIA: 'present', GIAO_BAN_CACHE: cacheDir, ...(mediaWorker ? { MEDIASOUP_WORKER_BIN: mediaWorker } : {}),
      HOST: host, MEDIA_CONTROL_PORT: String(bound), MEDIA_PORT: '0', MEDIA_SECRET: secret, ...environment,
    }
    const args = ['--disable-warning=ExperimentalWarning', program]
    const started = spawn(...(namespace === undefined ? leashed(process.execPath, args) : leashed('ip', ['netns', 'exec', namespace, process.execPath, ...args])), { env })
    child = started
    const waits = new Promise<void>((resolve, reject) => {
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const found = /waits for hubs at \S+:(\d+)\./.exec(said)
        if (found) resolve(void (bound = Number(found[1])))
      })
      started.stderr.setEncoding('utf8').on('data', (text: string) => { said += text })
      started.once('exit', () => reject(new Error(`the media process ended: ${said.slice(-2_000)}`)))
    })
    started.once('exit', () => { if (supervised && !stopping) void begin().catch(() => {}) })
    await waits
  }
  await begin()
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }
  return {
    get port() { return bound },
    get pid() { return child.pid ?? 0 },
    get said() { return said },
    kill: () => end('SIGKILL'),
    async stop() {
      stopping = true
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
