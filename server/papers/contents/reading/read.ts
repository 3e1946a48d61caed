import { fork } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { Job, Told } from './job.ts'

export interface ContentLimits {
  /** Milliseconds of computing, and as many more for each page that the file has. */
  computing: number
  computingAPage: number
  /** Milliseconds by the clock. */
  time: number
  /** Bytes of memory for the process, beside three times the file itself. */
  memory: number
}

/** Honest scans take a third of a second a page, all pictures included. */
export const usualLimits: ContentLimits = { computing: 20_000, computingAPage: 400, time: 15 * 60_000, memory: 900 * 2 ** 20 }

const script = fileURLToPath(new URL('./main.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** The code and nothing else: not the data folder, wherever it lies. */
const readable = ['server', 'shared', 'node_modules', 'package.json'].map(name => `--allow-fs-read=${root}${name}`)

/**
 * Has a process of its own read the PDF in `content`: no files, no writing, no programs, no environment, limited time and memory. `told`
 * is called with each thing that was found, one after the other. False when the process fell over or went beyond a limit; what was told
 * until then stands.
 */
export async function readContents(content: Readable, size: number, job: Job, limits: ContentLimits, told: (told: Told) => Promise<void> | void, signal?: AbortSignal): Promise<boolean> {
  const child = fork(script, [JSON.stringify(job), String(limits.memory + 3 * size), String(limits.computing), String(limits.computingAPage)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--permission', ...readable, '--allow-worker'],
    env: {},
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  const timer = setTimeout(kill, limits.time)
  signal?.addEventListener('abort', kill, { once: true })
  let done = false
  let failure: unknown = null
  let telling: Promise<void> = Promise.resolve()
  child.on('message', message => {
    telling = telling.then(async () => {
      if (failure !== null) return
      const one = message as Told
      await told(one)
      if (one.kind === 'done') done = true
      if (one.kind === 'drawn' && child.connected) child.send({ next: true }, () => {})
    }).catch((error: unknown) => {
      failure = error
      kill()
    })
  })
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve())
      pipeline(content, child.stdin as NonNullable<typeof child.stdin>).catch((error: NodeJS.ErrnoException) => {
        // The process may have ended before it had it all.
        if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
        failure = error
        kill()
      })
      if (signal?.aborted) kill()
    })
    await telling
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
  }
  if (failure !== null) throw failure
  return done
}
