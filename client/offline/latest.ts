import type { Database } from './database.ts'

/** What this device knows of time: the latest that was ever seen here, and how far its own clock is behind the hub's. Milliseconds. */
export interface KnownTime { latest: number; behind: number }

/**
 * The hub's word settles both. Without it time only goes forward: whoever sets the clock back does not make an expired package
 * readable again, and a clock that is wrong by a constant changes nothing.
 */
export function timeSeen({ latest, behind }: KnownTime, ownClock: number, hubTime?: number): KnownTime {
  if (hubTime !== undefined) return { latest: hubTime, behind: hubTime - ownClock }
  return { latest: Math.max(latest, ownClock + behind), behind }
}

/** Takes note of what time it is, and answers the time that counts here. `hubTime`: as the hub has just told it. */
export async function noteTime(database: Database, hubTime?: number): Promise<number> {
  const transaction = database.transaction('device', 'readwrite')
  const known = { latest: Number(await transaction.store.get('latest') ?? 0), behind: Number(await transaction.store.get('behind') ?? 0) }
  const seen = timeSeen(known, Date.now(), hubTime)
  await transaction.store.put(seen.latest, 'latest')
  await transaction.store.put(seen.behind, 'behind')
  await transaction.done
  return seen.latest
}
