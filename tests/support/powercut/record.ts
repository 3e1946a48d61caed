/** Runs the writer under the shim and gives back everything it did to its folder, in order. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Synchronous } from '../../../server/store/sqlite/thread/database.ts'
import { cacheFolder } from '../mongodb/cache.ts'
import { runCommand } from '../mongodb/command.ts'
import { scratchFolder } from './scratch.ts'
import { eventsOf, type DiskEvent } from './trace.ts'
import type { Task } from './writer.ts'

const SHIM = fileURLToPath(new URL('./shim.c', import.meta.url))
const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url))
/** Below the recorded root: the store's folder, and the file with a line for each acknowledged write. */
export const DATA = 'data'
export const TOLD = 'told'

export async function recordWriter(seed: number, synchronous: Synchronous, lines: number): Promise<DiskEvent[]> {
  const shim = await compiledShim()
  const place = scratchFolder()
  const root = join(place, 'root')
  const task: Task = { address: { dataDir: join(root, DATA) }, seed, synchronous, file: join(root, TOLD), lines }
  try {
    mkdirSync(root)
    const env = { ...process.env, LD_PRELOAD: shim, POWERCUT_ROOT: root, POWERCUT_TRACE: join(place, 'trace') }
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, JSON.stringify(task)], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaints = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
    const signal = await new Promise(resolve => child.on('close', (_, ended) => resolve(ended)))
    if (signal !== 'SIGKILL') throw new Error(`the recorded writer ended by itself: ${complaints}`)
    return eventsOf(readFileSync(join(place, 'trace')))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

async function compiledShim(): Promise<string> {
  const source = createHash('sha256').update(readFileSync(SHIM)).digest('hex').slice(0, 16)
  const library = join(cacheFolder('powercut'), `shim-${source}.so`)
  if (existsSync(library)) return library
  const made = `${library}.${process.pid}`
  try {
    await runCommand('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', made, SHIM, '-ldl', '-lpthread'], { timeout: 60_000 })
  } catch (error) {
    throw new Error(`The power-cut test needs a C compiler ("apt-get install gcc libc6-dev"): ${(error as Error).message}`, { cause: error })
  }
  renameSync(made, library)
  return library
}
