/**
 * How long a thread has worked, as seen from another one. Time on the wall says little: on a machine that is busy a thread that does nothing
 * wrong stands still for seconds.
 */
import { readFileSync, readlinkSync } from 'node:fs'

/** One clock for all threads of a process, in milliseconds. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6

/** The system's number of the calling thread; 0 where the system does not tell (only Linux does). */
export function threadNumber(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  } catch {
    return 0
  }
}

/** Milliseconds that a thread of this process has worked so far; NaN when nobody knows. */
export function worked(thread: number): number {
  if (thread === 0) return NaN
  try {
    return Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'latin1').split(' ')[0]) / 1e6
  } catch {
    return NaN
  }
}
