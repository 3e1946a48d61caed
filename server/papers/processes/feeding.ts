import type { ChildProcess } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** What a process may read of this machine under Node's permission model: the code and nothing else, not the data folder, wherever it lies. */
export const codeOnly = ['server', 'shared', 'node_modules', 'package.json'].map(name => `--allow-fs-read=${root}${name}`)

/**
 * Gives a process what it works on by its standard input, and resolves when it has ended; it is killed after `time` milliseconds by the clock, or by `signal`.
 * @throws when it cannot be started, or `content` cannot be read
 */
export async function feed(child: ChildProcess, content: AsyncIterable<Uint8Array> | (() => Iterable<Uint8Array> | AsyncIterable<Uint8Array>), { time, signal }: { time: number; signal: AbortSignal | undefined }): Promise<void> {
  const kill = (): void => void child.kill('SIGKILL')
  const timer = setTimeout(kill, time)
  signal?.addEventListener('abort', kill, { once: true })
  let failure: unknown = null
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
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
  }
  if (failure !== null) throw failure
}
