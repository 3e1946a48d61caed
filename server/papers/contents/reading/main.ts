/**
 * The reading process: `node main.ts <job> <memory in bytes> <computing in milliseconds> <the same for each page besides>`, the PDF on its standard input. The thread that
 * reads may be stuck in a decompression bomb, so this one watches it: the process ends itself when it takes more than it was given.
 */
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Job, Told } from './job.ts'

const job = JSON.parse(process.argv[2] ?? '') as Job
let [memory = 0, computing = 0, computingAPage = 0] = process.argv.slice(3).map(Number)

/** A file may claim any number of pages. */
const mostPagesCounted = 400

// Whoever is in a meeting comes first.
setPriority(10)
setInterval(() => {
  const { user, system } = process.cpuUsage()
  if (process.memoryUsage.rss() > memory || (user + system) / 1000 > computing) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const bytes = new Uint8Array(Buffer.concat(parts))

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { bytes, job }, transferList: [bytes.buffer], resourceLimits: { maxOldGenerationSizeMb: 512 } })
worker.on('message', (told: Told) => {
  if (told.kind === 'opened') computing += computingAPage * Math.min(told.pages, mostPagesCounted)
  process.send?.(told, () => { if (told.kind === 'done') process.exit(0) })
})
worker.on('error', () => process.exit(1))
process.on('message', answer => worker.postMessage(answer))
process.on('disconnect', () => process.exit(1))
