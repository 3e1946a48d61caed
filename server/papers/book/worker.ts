/** Binds one book. Runs in a thread of the binding process (main.ts beside it), never in the hub: what a hostile paper can do here is not be handed on. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { composeBook } from './compose.ts'
import type { BookJob } from './job.ts'

const { output, job } = workerData as { output: string; job: BookJob }
const font = await readFile(new URL('../copying/font/LiberationSerif-Regular.ttf', import.meta.url))
const file = openSync(output, 'wx', 0o600)

function next(index: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    parentPort?.once('message', resolve)
    parentPort?.postMessage({ next: index })
  })
}
function put(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}

const done = await composeBook(job, { next, put, font })
closeSync(file)
parentPort?.postMessage({ done })
