import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { setPriority } from 'node:os'
import { promisify } from 'node:util'
import { leashed } from './leash.ts'

/** What is kept of what ffmpeg says: the end of it, where the reason is. */
const mostSaid = 2_000

export interface Program {
  readonly child: ChildProcess
  /** The end of what it said. */
  said(): string
  /** Resolves when it is gone, whyever; never rejects. */
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Where they are. */
export interface Programs { ffmpeg: string; ffprobe: string }

export const debianPrograms: Programs = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe' }

/** Whether ffmpeg and ffprobe are there and start. */
export async function hasPrograms({ ffmpeg, ffprobe }: Programs): Promise<boolean> {
  const starts = (program: string) => promisify(execFile)(program, ['-hide_banner', '-version'], { timeout: 10_000 }).then(() => true, () => false)
  return (await Promise.all([starts(ffmpeg), starts(ffprobe)])).every(Boolean)
}

/** A process of its own that needs nothing of ours, and ends with this one. `nice`: everything else on this machine comes first. `input`: what it reads, which nobody else sees. */
export function run(program: string, words: readonly string[], { cwd, nice = 0, input, onLine }: { cwd: string; nice?: number; input?: string; onLine?: (line: string) => void }): Program {
  const child = spawn(...leashed(program, words), { cwd, stdio: [input === undefined ? 'ignore' : 'pipe', onLine ? 'pipe' : 'ignore', 'pipe'], env: { PATH: process.env['PATH'], LC_ALL: 'C' } })
  if (nice > 0 && child.pid !== undefined) {
    try {
      setPriority(child.pid, nice)
    } catch {
      // It is gone already.
    }
  }
  // It may be gone before it has read.
  child.stdin?.on('error', () => {}).end(input)
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-mostSaid) })
  let torn = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (torn + text).split('\n')
    torn = lines.pop() ?? ''
    for (const line of lines) onLine?.(line)
  })
  const gone = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    child.once('error', (error) => {
      said = (said + error.message).slice(-mostSaid)
      resolve({ code: null, signal: null })
    })
  })
  return { child, gone, said: () => said.trim() }
}
