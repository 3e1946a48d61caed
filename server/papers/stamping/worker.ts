/** Stamps one PDF. Runs in a thread of the stamping process (main.ts beside it), never in the hub: what a hostile file can do here is not be handed on. */
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { stamp } from './stamp.ts'

const { bytes, job } = workerData as { bytes: Uint8Array; job: { line: string; pages: number } }
const font = await readFile(new URL('../copying/font/LiberationSerif-Regular.ttf', import.meta.url))
const stamped = await stamp(bytes, job, font)
parentPort?.postMessage(stamped, [stamped.buffer as ArrayBuffer])
