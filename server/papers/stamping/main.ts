/**
 * The stamping process: `node main.ts <output> <memory in bytes> <computing in milliseconds>`, the PDF on its standard input, the line to stamp by
 * message (arguments can be read by others on the machine). The thread that stamps may be stuck in a bomb, so this one watches it: the process ends
 * itself when it takes more than it was given.
 */
import { writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'

const [output = ''] = process.argv.slice(2)
const [memory = 0, computing = 0] = process.argv.slice(3).map(Number)

// Whoever is in a meeting comes first.
setPriority(5)
setInterval(() => {
  const { user, system } = process.cpuUsage()
  if (process.memoryUsage.rss() > memory || (user + system) / 1000 > computing) process.kill(process.pid, 'SIGKILL')
}, 25).unref()

const told = new Promise(resolve => process.once('message', resolve))
process.on('disconnect', () => process.exit(1))
const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const bytes = new Uint8Array(Buffer.concat(parts))

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { bytes, job: await told }, transferList: [bytes.buffer], resourceLimits: { maxOldGenerationSizeMb: 1024 } })
worker.on('message', async (stamped: Uint8Array) => {
  await writeFile(output, stamped, { mode: 0o600 })
  process.send?.({ size: stamped.length }, () => process.exit(0))
})
worker.on('error', () => process.exit(1))
