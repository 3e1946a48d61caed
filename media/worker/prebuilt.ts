import { chmod, rm, writeFile } from 'node:fs/promises'
import { release } from 'node:os'
import { basename, join } from 'node:path'
import { placeBeside, putInPlace } from './cache.ts'
import { runCommand } from './command.ts'
import { workerStarts } from './starting.ts'

/** Where mediasoup's own install script looks; its `MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL` may name another place. */
export const releases = 'https://github.com/versatica/mediasoup/releases/download'

/** The address of the prebuilt worker, named as mediasoup names it. */
export function prebuiltUrl(version: string, { base = releases, platform = process.platform as string, arch = process.arch as string, kernel = release() } = {}): string {
  const system = platform === 'linux' ? `${platform}-${arch}-kernel${Number(kernel.split('.')[0])}` : `${platform}-${arch}`
  return `${base.replace(/\/$/, '')}/${version}/mediasoup-worker-${version}-${system}.tgz`
}

export interface Download {
  url: string
  /** Where the worker is wanted. */
  worker: string
  signal?: AbortSignal | undefined
  /** Milliseconds until the first byte: on a closed network one would otherwise wait for a minute or more. */
  firstByte?: number
  /** Milliseconds until the last. */
  lastByte?: number
}

/** The worker is about 10 MB packed. */
const largest = 100_000_000

/** Downloads the prebuilt worker, and puts it in its place when it has been seen to start. Why it could not be had, or null. */
export async function downloadWorker({ url, worker, signal, firstByte = 8_000, lastByte = 120_000 }: Download): Promise<string | null> {
  const folder = await placeBeside(worker)
  try {
    const packed = join(folder, 'worker.tgz')
    await writeFile(packed, await download(url, firstByte, lastByte, signal))
    await runCommand('tar', ['-xzf', packed, '-C', folder, '--no-same-owner'], { signal, timeout: 30_000 })
    const made = join(folder, basename(worker))
    await chmod(made, 0o755)
    const trouble = await workerStarts(made)
    if (trouble === null) await putInPlace(made, worker)
    return trouble
  } catch (error) {
    signal?.throwIfAborted()
    const { message, cause } = error as Error
    return cause instanceof Error ? `${message}: ${cause.message}` : message
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function download(url: string, firstByte: number, lastByte: number, signal: AbortSignal | undefined): Promise<Buffer> {
  const late = new AbortController()
  let timer = setTimeout(() => late.abort(new Error(`no answer within ${firstByte / 1000} s`)), firstByte)
  try {
    const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal })
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`)
    clearTimeout(timer)
    timer = setTimeout(() => late.abort(new Error(`not whole within ${lastByte / 1000} s`)), lastByte)
    const pieces: Uint8Array[] = []
    let bytes = 0
    for await (const piece of response.body) {
      bytes += piece.length
      if (bytes > largest) throw new Error('too large')
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  } finally {
    clearTimeout(timer)
  }
}
