import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { Places } from '../processes/places.ts'

/** Work that is heavy is done in turn: `places` pieces at a time, of one person no more than `mostOfOne` at work or waiting, and no more than `mostWaiting` of all. */
export interface Turns {
  /** @returns what the work came to, or that there is too much of it. */
  take<T>(askedBy: string, work: () => Promise<T>): Promise<T | Refusal>
}

export function openTurns({ places: count, mostWaiting, mostOfOne }: { places: number; mostWaiting: number; mostOfOne: number }): Turns {
  const asked = new Map<string, number>()
  const places = new Places(count)
  return {
    async take(askedBy, work) {
      const before = asked.get(askedBy) ?? 0
      if (before >= mostOfOne || places.waiting >= mostWaiting) return refusal('request.tooMany', { seconds: 10 })
      asked.set(askedBy, before + 1)
      try {
        return await places.take(work)
      } finally {
        const now = asked.get(askedBy) ?? 1
        if (now > 1) asked.set(askedBy, now - 1)
        else asked.delete(askedBy)
      }
    },
  }
}
