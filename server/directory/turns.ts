import { Refused } from '../../shared/contracts/refusal.ts'

/**
 * Lets so many run at once and so many wait. Checking a password keeps a thread busy that also reads papers: a flood of sign-ins
 * must neither starve the readers nor pile up in memory.
 * @throws Refused request.tooMany when the line is full
 */
export function inTurns(atOnce: number, longestLine: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const line: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (line.length >= longestLine) throw new Refused('request.tooMany', { seconds: 10 })
      await new Promise<void>((resolve) => line.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running -= 1
    }
  }
}
