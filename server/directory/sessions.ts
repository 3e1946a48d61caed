import { createHash, randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { VersionConflict, type Collection } from '../store/port.ts'
import type { SessionRecord } from './records.ts'

export interface RevokedSession { sessionId: string; personId: string }

export interface SessionLimits {
  /** Milliseconds without any request or command. */
  idle: number
  /** Milliseconds since the sign-in, whatever happens. */
  absolute: number
}

export interface Sessions {
  /** Begins a session; the token goes into the cookie and is kept nowhere here. */
  begin(personId: string, address: string): Promise<{ sessionId: string; token: string }>
  /** The living session of a token, marked as just used; null when unknown or expired. */
  find(token: string): Promise<RevokedSession | null>
  /** Marks a session as used, for edges that stay open without HTTP requests. */
  touch(sessionId: string): Promise<void>
  end(sessionId: string): Promise<void>
  /** Ends every session of a person but `except`; how many. */
  endAllOf(personId: string, except?: string): Promise<number>
  /** Ends what has expired; called by the hub once a minute. */
  sweep(): Promise<void>
  /** Called at once whenever a session has ended, for whatever reason, so that its sockets can be closed. Returns how to stop listening. */
  onRevoked(listener: (session: RevokedSession) => void): () => void
}

/** `lastSeenAt` is written at most this often, so that reading a paper is not a write per request. */
const seenEvery = 5 * 60_000

const idOf = (token: string) => createHash('sha256').update(token).digest('hex')

export function openSessions(
  records: Collection<SessionRecord>, limits: SessionLimits, log: Logger, now: () => number = Date.now,
): Sessions {
  const listeners = new Set<(session: RevokedSession) => void>()
  const alive = ({ lastSeenAt, createdAt }: SessionRecord) => now() - lastSeenAt < limits.idle && now() - createdAt < limits.absolute

  async function end(sessionId: string, personId: string): Promise<void> {
    if (!(await records.remove(sessionId))) return
    log.info({ userId: personId }, 'session ended')
    for (const listener of listeners) {
      try {
        listener({ sessionId, personId })
      } catch (error) {
        // One listener's fault must not leave the others' sockets open.
        log.error({ err: error }, 'a session ended, and not all that it had open')
      }
    }
  }

  async function seen(sessionId: string): Promise<SessionRecord | null> {
    const record = await records.get(sessionId)
    if (!record) return null
    if (!alive(record.value)) {
      await end(sessionId, record.value.personId)
      return null
    }
    if (now() - record.value.lastSeenAt >= Math.min(seenEvery, limits.idle / 4)) {
      try {
        await records.replace(sessionId, record.version, { ...record.value, lastSeenAt: now() })
      } catch (error) {
        // Another request marked it, or signed out, in between: never write a session back that has just ended.
        if (!(error instanceof VersionConflict)) throw error
      }
    }
    return record.value
  }

  return {
    async begin(personId, address) {
      const token = randomBytes(32).toString('base64url')
      const sessionId = idOf(token)
      await records.insert(sessionId, { personId, createdAt: now(), lastSeenAt: now(), address })
      return { sessionId, token }
    },
    async find(token) {
      const sessionId = idOf(token)
      const record = await seen(sessionId)
      return record && { sessionId, personId: record.personId }
    },
    async touch(sessionId) {
      await seen(sessionId)
    },
    async end(sessionId) {
      const record = await records.get(sessionId)
      if (record) await end(sessionId, record.value.personId)
    },
    async endAllOf(personId, except) {
      const own = (await records.find({ personId })).filter(({ id }) => id !== except)
      for (const { id } of own) await end(id, personId)
      return own.length
    },
    async sweep() {
      const idle = await records.find({ lastSeenAt: { $lt: now() - limits.idle } })
      const old = await records.find({ createdAt: { $lt: now() - limits.absolute } })
      for (const { id, value } of [...idle, ...old]) await end(id, value.personId)
    },
    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
