import { fork } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Places } from '../processes/places.ts'
import type { Reading } from './reading.ts'

export interface ReadingLimits {
  /** Milliseconds of computing, so that a busy hub does not refuse honest papers. */
  computing: number
  /** Milliseconds by the clock, whatever the process does. */
  time: number
  /** Bytes of memory for the process, beside twice the file itself. */
  memory: number
}

export const readingLimits: ReadingLimits = { computing: 10_000, time: 60_000, memory: 640 * 2 ** 20 }

const script = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Two at a time: more would only make each slower, and time is what they are given. */
const places = new Places(2)

/**
 * Has a process of its own read the PDF at `path`: no writing, no programs, no environment, limited time and memory.
 * 'tooComplex' when it went beyond a limit, 'damaged' when it fell over.
 */
export async function readPdf(path: string, limits: ReadingLimits = readingLimits): Promise<Reading | { outcome: 'tooComplex' }> {
  return places.take(async () => {
    const { size } = await stat(path)
    return readInProcess(path, { ...limits, memory: limits.memory + 2 * size })
  })
}

function readInProcess(path: string, { computing, time, memory }: ReadingLimits): Promise<Reading | { outcome: 'tooComplex' }> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [path, String(memory), String(computing)], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--permission', '--allow-fs-read=*', '--allow-worker'],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let reading: Reading | null = null
    const timer = setTimeout(() => child.kill('SIGKILL'), time)
    child.on('message', message => { reading = message as Reading })
    child.on('error', error => { clearTimeout(timer); reject(error) })
    child.on('exit', (_code, signal) => {
      clearTimeout(timer)
      resolve(reading ?? { outcome: signal === 'SIGKILL' ? 'tooComplex' : 'damaged' })
    })
  })
}
