import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'

export interface StampingLimits {
  /** Milliseconds of computing. */
  computing: number
  /** Milliseconds by the clock. */
  time: number
  /** Bytes of memory for the process, beside five times the file itself. */
  memory: number
}

/** A book of 500 pages takes some three seconds. */
export const stampingLimits: StampingLimits = { computing: 40_000, time: 120_000, memory: 500 * 2 ** 20 }

/** A stamped copy, as long as its stream is open. */
export interface StampedCopy { size: number; content: Readable }

export interface Stamping {
  /** The PDF in `content` with this line across each of its pages. `askedBy`: nobody waits behind the many copies of one person. */
  copy(askedBy: string, file: { content(): Readable; size: number; pages: number }, line: string, signal: AbortSignal): Promise<StampedCopy | Refusal>
}

const script = fileURLToPath(new URL('./main.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../', import.meta.url))
/** The code and nothing else: not the data folder, wherever it lies. */
const readable = ['server', 'shared', 'node_modules', 'package.json'].map(name => `--allow-fs-read=${root}${name}`)

const [places, mostWaiting, mostOfOne] = [2, 100, 2]

/** Copies are made for one person at one moment, in a process of their own, and are gone when they are sent. */
export async function openStamping(folder: string, limits: StampingLimits = stampingLimits): Promise<Stamping> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const asked = new Map<string, number>()
  const waiting: (() => void)[] = []
  let busy = 0

  async function made(file: { content(): Readable; size: number; pages: number }, line: string, signal: AbortSignal): Promise<StampedCopy | Refusal> {
    if (signal.aborted) return refusal('papers.cannotStamp')
    const path = join(folder, randomUUID())
    try {
      if (!await inProcess(path, file, line, limits, signal)) return refusal('papers.cannotStamp')
      const handle = await open(path)
      const { size } = await handle.stat()
      return { size, content: createReadStream('', { fd: handle, autoClose: true }) }
    } finally {
      // Whoever reads it holds it open; nobody else finds it.
      await rm(path, { force: true })
    }
  }

  return {
    async copy(askedBy, file, line, signal) {
      const before = asked.get(askedBy) ?? 0
      if (before >= mostOfOne || waiting.length >= mostWaiting) return refusal('request.tooMany', { seconds: 10 })
      asked.set(askedBy, before + 1)
      try {
        if (busy >= places) await new Promise<void>(resolve => waiting.push(resolve))
        else busy++
        try {
          return await made(file, line, signal)
        } finally {
          const next = waiting.shift()
          if (next) next()
          else busy--
        }
      } finally {
        const now = asked.get(askedBy) ?? 1
        if (now > 1) asked.set(askedBy, now - 1)
        else asked.delete(askedBy)
      }
    },
  }
}

async function inProcess(output: string, { content, size, pages }: { content(): Readable; size: number; pages: number }, line: string, { computing, time, memory }: StampingLimits, signal: AbortSignal): Promise<boolean> {
  const child = fork(script, [output, String(memory + 5 * size), String(computing)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--permission', ...readable, `--allow-fs-write=${output}`, '--allow-worker'],
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  const timer = setTimeout(kill, time)
  signal.addEventListener('abort', kill, { once: true })
  let done = false
  let failure: unknown = null
  child.on('message', () => { done = true })
  child.send({ line, pages }, () => {})
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve())
      pipeline(content(), child.stdin as NonNullable<typeof child.stdin>).catch((error: NodeJS.ErrnoException) => {
        // The process may have ended before it had it all.
        if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
        failure = error
        kill()
      })
    })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', kill)
  }
  if (failure !== null) throw failure
  return done
}
