/** The binding process: the papers on its standard input, one behind the other, in the order and of the sizes that the job tells by message. */
import { Worker } from 'node:worker_threads'
import { papersIn } from '../../../shared/meeting/papers/book.ts'
import { withinLimits } from '../copying/within.ts'
import type { BookJob } from './job.ts'

const { output, job: told, anew } = withinLimits<BookJob>()
const job = await told
const papers = papersIn(job.items)
const parts = process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>
let rest: Buffer = Buffer.alloc(0)

async function take(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size;) {
    if (rest.length === 0) {
      const { value, done } = await parts.next()
      if (done) process.exit(1)
      rest = value
    }
    const part = rest.subarray(0, size - at)
    bytes.set(part, at)
    at += part.length
    rest = rest.subarray(part.length)
  }
  return bytes
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { output, job }, resourceLimits: { maxOldGenerationSizeMb: 1024 } })
worker.on('message', async (message: { next: number } | { done: unknown }) => {
  if ('done' in message) return void process.send?.(message, () => process.exit(0))
  // Whose fault it is when the process does not come back.
  process.send?.({ at: message.next })
  const bytes = await take(papers[message.next]?.size ?? 0)
  anew()
  worker.postMessage(bytes, [bytes.buffer])
})
worker.on('error', () => process.exit(1))
