import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOnly, feed } from '../processes/feeding.ts'

export interface CopyLimits {
  /** Milliseconds of computing at one paper. */
  computing: number
  /** Milliseconds by the clock. */
  time: number
  /** Bytes of memory for the process. */
  memory: number
}

/** A copy made for one person, as long as its stream is open. */
export interface MadeCopy { size: number; content: Readable }

/** What is to be made: `job` is told to the process by message (arguments can be read by others on the machine), `content` is its standard input. */
export interface CopyWork { script: URL; job: object; content: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>; limits: CopyLimits; signal: AbortSignal; heard?: (message: unknown) => void }

export interface CopyFolder {
  /** `made`: null when the process ended without it. `said`: its last message. @throws when what it is made of cannot be read. */
  make(work: CopyWork): Promise<{ made: MadeCopy; said: unknown } | null>
}

/** Copies are made by a process of their own that may write one file and reach nothing else; `folder` is emptied at the start. */
export async function openCopyFolder(folder: string): Promise<CopyFolder> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    async make(work) {
      if (work.signal.aborted) return null
      const path = join(folder, randomUUID())
      try {
        const said = await inProcess(path, work)
        if (said === undefined) return null
        const handle = await open(path)
        const { size } = await handle.stat()
        return { made: { size, content: createReadStream('', { fd: handle, autoClose: true }) }, said }
      } finally {
        // Whoever reads it holds it open; nobody else finds it.
        await rm(path, { force: true })
      }
    },
  }
}

/** The process's last message when it ended as it should, which is told by `done` in it. */
async function inProcess(output: string, { script, job, content, limits: { computing, time, memory }, signal, heard = () => {} }: CopyWork): Promise<unknown> {
  const child = fork(script, [output, String(memory), String(computing)], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--permission', ...codeOnly, `--allow-fs-write=${output}`, '--allow-worker'],
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  })
  let done: unknown
  child.on('message', (message: object) => {
    if ('done' in message) done = message.done
    else heard(message)
  })
  child.send(job, () => {})
  await feed(child, content, { time, signal })
  return done
}
