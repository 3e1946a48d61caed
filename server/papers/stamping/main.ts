/** The stamping process: the PDF on its standard input, the line to stamp by message. */
import { writeFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { withinLimits } from '../copying/within.ts'

const { output, job } = withinLimits<{ line: string; pages: number }>()
const parts: Buffer[] = []
for await (const part of process.stdin) parts.push(part as Buffer)
const bytes = new Uint8Array(Buffer.concat(parts))

const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { bytes, job: await job }, transferList: [bytes.buffer], resourceLimits: { maxOldGenerationSizeMb: 1024 } })
worker.on('message', async (stamped: Uint8Array) => {
  await writeFile(output, stamped, { mode: 0o600 })
  process.send?.({ done: { size: stamped.length } }, () => process.exit(0))
})
worker.on('error', () => process.exit(1))
