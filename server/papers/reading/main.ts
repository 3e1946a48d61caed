/**
 * The reading process: `node main.ts <path> <memory in bytes>`. The thread that reads may be stuck in a decompression bomb, so
 * this one watches it: the process ends itself when it holds more memory than it was given, and the hub (read.ts) ends it when time is up.
 */
import { Worker } from 'node:worker_threads'
import type { Reading } from './reading.ts'

const [path, memory] = [process.argv[2] as string, Number(process.argv[3])]

setInterval(() => {
  if (process.memoryUsage.rss() > memory) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { path }, resourceLimits: { maxOldGenerationSizeMb: 384 } })
worker.on('message', (reading: Reading) => process.send?.(reading, () => process.exit(0)))
worker.on('error', () => process.exit(1))
