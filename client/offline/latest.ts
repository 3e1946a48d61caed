import type { Database } from './database.ts'

/** What this device knows of time: the latest that was ever seen here, and how far its own clock is behind the hub's. Milliseconds. */
export interface KnownTime { latest: number; behind: number }

/** What the hub said of the time, and what the own clock showed when it did: between hearing it and noting it somebody may set the clock. */
export interface HubWord { hubTime: number; ownClock: number }

/**
 * The hub's word settles both. Without it time only goes forward: whoever sets the clock back does not make an expired package
 * readable again, and a clock that is wrong by a constant changes nothing.
 */
export function timeSeen({ latest, behind }: KnownTime, ownClock: number, word?: HubWord): KnownTime {
  if (word) return { latest: word.hubTime, behind: word.hubTime - word.ownClock }
  return { latest: Math.max(latest, ownClock + behind), behind }
}

/** Takes note of what time it is, and answers the time that counts here. */
export async function noteTime(database: Database, word?: HubWord): Promise<number> {
  const transaction = database.transaction('device', 'readwrite')
  const known = { latest: Number(await transaction.store.get('latest') ?? 0), behind: Number(await transaction.store.get('behind') ?? 0) }
  const seen = timeSeen(known, Date.now(), word)
  await transaction.store.put(seen.latest, 'latest')
  await transaction.store.put(seen.behind, 'behind')
  await transaction.done
  return seen.latest
}
