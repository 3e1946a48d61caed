import { refusal, type Refusal } from '../contracts/refusal.ts'
import { orderAbout } from '../meeting/stage/state.ts'
import { isInTheOpen, mayHear, sources, type MediaMeeting, type Peer, type Source } from './peer.ts'
import type { Grants, StagePlan } from './stage.ts'

/** So many tokens a meeting may have at a time, so many times a minute one may be used, and so long the session of one may stay without a line (milliseconds). */
export const doorLimits = { tokens: 200, attemptsAMinute: 20, lineless: 10_000 } as const

/** Equipment at a door of a site: it sends as the site's endpoint, or it only looks. */
export interface AtDoor {
  peerId: string
  siteId: string
  kind: 'sender' | 'view'
  /** It brings the room's sound: then it is an endpoint, beside which no tablet sounds. A camera alone is none. */
  voiced: boolean
}

/** The peers of a room with the equipment at its doors: what brings sound stands for the site's endpoint while no page does. */
export function withDoors(peers: readonly Peer[], doors: readonly AtDoor[]): Peer[] {
  const voiced = new Set(doors.filter((door) => door.voiced).map(({ siteId }) => siteId))
  const isHere = (siteId: string) => peers.some((peer) => peer.kind === 'room' && peer.siteId === siteId)
  return [
    ...peers.map((peer) => (peer.kind === 'room' && peer.siteId !== null && voiced.has(peer.siteId) ? { ...peer, connected: true } : peer)),
    ...[...voiced].filter((siteId) => !isHere(siteId)).map((siteId): Peer => ({ peerId: endpointOf(siteId), kind: 'room', siteId, connected: true })),
  ]
}

/** Where equipment sends from. */
export function sendingSites(doors: readonly AtDoor[]): string[] {
  return [...new Set(doors.flatMap(({ kind, siteId }) => (kind === 'sender' ? [siteId] : [])))]
}

export function endpointOf(siteId: string | null): string {
  return `room-${siteId ?? 'main'}`
}

/** What follows from the plan for the doors: who may look, and the picture of a camera in a room that has no endpoint, which stands in the gallery. */
export function doorsPlan(meeting: MediaMeeting, plan: Pick<StagePlan, 'grants'>, doors: readonly AtDoor[]): { grants: Record<string, Grants>; receives: string[] } {
  const open = (siteId: string) => isOpen(meeting) && !orderAbout(meeting.stage, 'remove', { siteId }) && mayHear(meeting, { peerId: endpointOf(siteId), kind: 'room', siteId, connected: true })
  const lonely = doors.filter(({ kind, siteId }) => kind === 'sender' && !plan.grants[endpointOf(siteId)] && open(siteId))
  return {
    grants: Object.fromEntries(lonely.map(({ siteId }) => [endpointOf(siteId), Object.fromEntries(sources.map((source) => [source, source === 'camera' ? 'yes' : 'no'])) as Grants])),
    // Where a player stands, and who looks at it, the hub cannot know.
    receives: isInTheOpen(meeting) ? doors.filter(({ kind, siteId }) => kind === 'view' && open(siteId)).map(({ peerId }) => peerId) : [],
  }
}

function isOpen({ lifecycle: { status } }: MediaMeeting): boolean {
  return status === 'scheduled' || status === 'inSession' || status === 'recess'
}

/** As what equipment's voice or picture is sent, given what the site sends already; null: as nothing, because a page brings the room's sound. */
export function sourceAtDoor(kind: 'audio' | 'video', { voiced }: Pick<AtDoor, 'voiced'>, taken: readonly Source[]): Source | null {
  if (kind === 'audio') return voiced ? 'microphone' : null
  return taken.includes('camera') ? 'second' : 'camera'
}

/** A token opens one session at a time; one whose line is gone makes room. `attempts`: of this token within the last minute. */
export function attemptRefusal(attempts: number, session: { connected: boolean; sinceMs: number } | null): Refusal | null {
  if (attempts >= doorLimits.attemptsAMinute) return refusal('request.tooMany', { seconds: 60 })
  return session && (session.connected || session.sinceMs < doorLimits.lineless) ? refusal('media.doorTaken') : null
}
