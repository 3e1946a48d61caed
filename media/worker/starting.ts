import { spawn } from 'node:child_process'
import { createWorker } from 'mediasoup'

/** Why this program is not a worker that runs here, or null. It is really started, and asked something over its channel. */
export async function workerStarts(program: string): Promise<string | null> {
  const trouble = await loads(program)
  if (trouble !== null) return trouble
  try {
    const worker = await createWorker({ workerBin: program, logLevel: 'error' })
    try {
      await within(10_000, worker.getResourceUsage())
    } finally {
      worker.close()
    }
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** What the worker answers to whoever is not mediasoup. */
const notMyFather = 41

/** Tried first without mediasoup, because what a loader says (a library that is missing) gets lost there. */
function loads(program: string): Promise<string | null> {
  return new Promise((resolve) => {
    const { PATH } = process.env
    const child = spawn(program, [], { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH } })
    // Not spawn's own `timeout`: it goes on for its whole time when there is no such program.
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-1_000) })
    const done = (trouble: string | null) => {
      clearTimeout(timer)
      resolve(trouble)
    }
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => done(code === notMyFather ? null : said.trim() || `it ended with ${code ?? signal}`))
  })
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
