import { createHmac } from 'node:crypto'
import type { IceServer } from '../../shared/contracts/media.ts'

/** A relay for screens whose network lets no media out: coturn with `use-auth-secret` and this secret. */
export interface Turn {
  urls: string[]
  secret: string
}

/** A sitting of a whole day; coturn asks for it only when a relay begins. */
const validSeconds = 12 * 3_600

/**
 * The relay as one peer may use it: a name that holds its end, and what the secret makes of it (coturn's REST API). `now`: milliseconds.
 * Base64 of HMAC-SHA1 is what coturn computes.
 */
export function iceServersFor(turn: Turn | null, peerId: string, now: number): IceServer[] {
  if (!turn) return []
  const username = `${Math.floor(now / 1_000) + validSeconds}:${peerId}`
  return [{ urls: turn.urls, username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }]
}
