import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { MediaControl } from '../../media/control.ts'
import type { Door, IceServer, MediaAnswers, MediaRequests } from '../../shared/contracts/media.ts'
import { must, refusal, Refused, type Refusal } from '../../shared/contracts/refusal.ts'
import { attemptRefusal, doorLimits, endpointOf } from '../../shared/media/doors.ts'
import { availableRefusal, equipmentOf, equipmentRefusal, joinRefusal, tokenRefusal } from '../../shared/media/rules.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Audit } from '../audit/audit.ts'
import type { DoorTokens, KeptToken } from './door-tokens.ts'
import { openSender, openViewer, type DoorSession } from './door-opening.ts'
import { LastMinute } from './last-minute.ts'
import type { MeetingBridge } from './meeting-bridge.ts'
import { iceServersFor, type Turn } from './turn.ts'

export interface DoorsParts {
  media: MediaControl
  tokens: DoorTokens
  turn: Turn | null
  audit: Pick<Audit, 'record'>
  log: Logger
  now: () => number
}

/** What stands in the address of a door. */
export interface DoorAddress { meetingId: string; siteId: string; door: Door }

export interface Authorized { tokenId: string; token: KeptToken }

export interface OpenedSession { sessionId: string; answer: string; etag: string; iceServers: IceServer[] }

/** Does something with a meeting from outside its socket. */
export type Within = <T>(meetingId: string, work: (state: MeetingState, bridge: MeetingBridge) => Promise<T>) => Promise<T>

const lookEvery = 500

/** The doors of sites for encoders and players: who holds a token comes in, one at a time, until it expires or is revoked. */
export class Doors {
  readonly #parts: DoorsParts
  readonly #within: Within
  /** By token. */
  readonly #sessions = new Map<string, DoorSession>()
  readonly #opening = new Set<string>()
  readonly #attempts: LastMinute
  #timer: NodeJS.Timeout | null = null

  constructor(parts: DoorsParts, within: Within) {
    this.#parts = parts
    this.#within = within
    this.#attempts = new LastMinute(parts.now)
  }

  async makeToken(state: MeetingState, personId: string, { siteId, door, minutes }: MediaRequests['media:makeToken']): Promise<MediaAnswers['media:makeToken']> {
    const { tokens, audit, now } = this.#parts
    must(equipmentRefusal(state, personId, siteId))
    must(state.details.siteIds.includes(siteId) ? null : refusal('media.siteUnknown'))
    const { meetingId } = state
    must((await tokens.of(meetingId)).length >= doorLimits.tokens ? refusal('media.tokensTooMany', { most: doorLimits.tokens }) : null)
    const expiresAt = now() + minutes * 60_000
    await audit.record({ what: 'door.tokenMade', by: personId, meetingId, about: siteId, details: { door, minutes } })
    const made = await tokens.make({ meetingId, siteId, door, expiresAt }, personId)
    return { ...made, path: `/${door}/${meetingId}/${siteId}`, expiresAt }
  }

  async revokeToken(state: MeetingState, personId: string, tokenId: string): Promise<void> {
    must(equipmentRefusal(state, personId))
    const token = await this.#parts.tokens.get(tokenId)
    if (token?.meetingId !== state.meetingId) throw new Refused('media.tokenUnknown')
    must(equipmentRefusal(state, personId, token.siteId))
    await this.#parts.tokens.revoke(tokenId)
    this.#end(tokenId)
    await this.#parts.audit.record({ what: 'door.tokenRevoked', by: personId, meetingId: state.meetingId, about: token.siteId, details: { door: token.door } })
  }

  async list(state: MeetingState, personId: string): Promise<Pick<MediaAnswers['media:doors'], 'tokens'>> {
    must(equipmentRefusal(state, personId))
    const own = equipmentOf(state, personId)
    const all = await this.#parts.tokens.of(state.meetingId)
    return {
      tokens: all.filter(({ token }) => own === 'all' || own?.siteId === token.siteId).map(({ tokenId, token: { siteId, door, expiresAt, madeBy } }) => {
        const session = this.#sessions.get(tokenId)
        const line = session?.place.line
        return {
          tokenId, siteId, door, expiresAt, madeBy,
          session: session ? { since: session.since, connected: line?.connected ?? false, kbps: Math.max(line?.upKbps ?? 0, line?.downKbps ?? 0), lossPercent: line?.lossPercent ?? 0 } : null,
        }
      }).sort((a, b) => a.siteId.localeCompare(b.siteId) || a.expiresAt - b.expiresAt),
    }
  }

  /** `secret` null: none was sent. @throws Refused */
  async authorize(secret: string | null, address: DoorAddress): Promise<Authorized> {
    if (secret === null) throw new Refused('media.tokenMissing')
    const found = await this.#parts.tokens.bySecret(secret)
    must(tokenRefusal(found?.token ?? null, address, this.#parts.now()))
    return found as Authorized
  }

  /** @throws Refused */
  async open({ tokenId, token }: Authorized, sdp: string): Promise<OpenedSession> {
    const { media, turn, log, now } = this.#parts
    const held = this.#sessions.get(tokenId)
    const open = held ? { connected: held.place.line?.connected ?? false, sinceMs: performance.now() - held.seen } : null
    must(attemptRefusal(this.#attempts.count(tokenId), this.#opening.has(tokenId) ? { connected: true, sinceMs: 0 } : open))
    this.#attempts.note(tokenId)
    must(availableRefusal(media.availability))
    this.#opening.add(tokenId)
    try {
      this.#end(tokenId)
      const capabilities = await media.capabilities()
      const made = await this.#within(token.meetingId, async (state, bridge) => {
        must(joinRefusal(state, [], { peerId: endpointOf(token.siteId), kind: 'room', siteId: token.siteId, connected: true }))
        const asked = { siteId: token.siteId, sdp, capabilities, bridge, onEnd: () => this.#end(tokenId), onTrouble: (error: unknown) => log.warn({ err: error, meetingId: token.meetingId, siteId: token.siteId }, 'what equipment sends was not taken') }
        return token.door === 'whip' ? openSender(asked) : openViewer(asked)
      })
      const session: DoorSession = { ...made, sessionId: randomUUID(), restarts: 0, expiresAt: token.expiresAt, since: now(), seen: performance.now() }
      this.#sessions.set(tokenId, session)
      this.#timer ??= setInterval(() => this.#look(), lookEvery).unref()
      // It may have been revoked meanwhile.
      if (!(await this.#parts.tokens.get(tokenId))) {
        this.#end(tokenId)
        throw new Refused('media.tokenUnknown')
      }
      return { sessionId: session.sessionId, answer: made.answer, etag: etagOf(session), iceServers: iceServersFor(turn, made.place.peerId, now()) }
    } finally {
      this.#opening.delete(tokenId)
    }
  }

  /** A candidate, of which the hub needs none (null is answered), or an ICE restart. @throws Refused */
  async patch({ tokenId }: Authorized, sessionId: string, ifMatch: string | undefined, fragment: string): Promise<{ fragment: string; etag: string } | null> {
    const session = this.#session(tokenId, sessionId)
    if (ifMatch === undefined) throw new Refused('media.preconditionMissing')
    const user = session.userOf(fragment)
    if (user === null) throw new Refused('media.sdpUnfit', { part: 'a=ice-ufrag' })
    const isRestart = user !== session.user
    if (ifMatch !== '*' && (isRestart || ifMatch !== etagOf(session))) throw new Refused('media.preconditionFailed')
    if (!isRestart) return null
    const restarted = await session.restart()
    session.user = user
    session.restarts += 1
    return { fragment: restarted, etag: etagOf(session) }
  }

  /** @throws Refused `notFound` */
  end({ tokenId }: Authorized, sessionId: string): void {
    this.#session(tokenId, sessionId)
    this.#end(tokenId)
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#sessions.clear()
  }

  #session(tokenId: string, sessionId: string): DoorSession {
    const session = this.#sessions.get(tokenId)
    if (session?.sessionId !== sessionId) throw new Refused('notFound')
    return session
  }

  #end(tokenId: string): void {
    const session = this.#sessions.get(tokenId)
    if (!session) return
    this.#sessions.delete(tokenId)
    session.leave()
  }

  /** Ends what has expired, and what has lost its line for good. */
  #look(): void {
    const [now, tick] = [this.#parts.now(), performance.now()]
    for (const [tokenId, session] of this.#sessions) {
      if (session.place.line?.connected) session.seen = tick
      if (now >= session.expiresAt || tick - session.seen >= doorLimits.lineless) this.#end(tokenId)
    }
    if (!this.#attempts.sweep() || this.#sessions.size > 0) return
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }
}

function etagOf({ sessionId, restarts }: DoorSession): string {
  return `"${sessionId}-${restarts}"`
}
