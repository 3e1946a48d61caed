/**
 * The reading process: `node main.ts <path> <memory in bytes> <computing in milliseconds>`. The thread that reads may be stuck in
 * a decompression bomb, so this one watches it: the process ends itself when it takes more than it was given.
 */
import { Worker } from 'node:worker_threads'
import type { Reading } from './reading.ts'

const path = process.argv[2] as string
const [memory = 0, computing = 0] = process.argv.slice(3).map(Number)

setInterval(() => {
  const { user, system } = process.cpuUsage()
  if (process.memoryUsage.rss() > memory || (user + system) / 1000 > computing) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { path }, resourceLimits: { maxOldGenerationSizeMb: 384 } })
worker.on('message', (reading: Reading) => process.send?.(reading, () => process.exit(0)))
worker.on('error', () => process.exit(1))
