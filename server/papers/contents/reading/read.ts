import { fork } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { codeOnly, feed } from '../../processes/feeding.ts'
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

/**
 * Has a process of its own read the PDF in `content`: no files, no writing, no programs, no environment, limited time and memory. `told`
 * is called with each thing that was found, one after the other. False when the process fell over or went beyond a limit; what was told
 * until then stands.
 */
export async function readContents(content: Readable, size: number, job: Job, limits: ContentLimits, told: (told: Told) => Promise<void> | void, signal?: AbortSignal): Promise<boolean> {
  const child = fork(script, [JSON.stringify(job), String(limits.memory + 3 * size), String(limits.computing), String(limits.computingAPage)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--permission', ...codeOnly, '--allow-worker'],
    env: {},
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
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
      child.kill('SIGKILL')
    })
  })
  try {
    await feed(child, content, { time: limits.time, signal })
  } finally {
    await telling
  }
  if (failure !== null) throw failure
  return done
}
