import { orderAbout } from '../meeting/stage/state.ts'
import type { MediaAvailability } from '../contracts/media-availability.ts'
import { refusal, type Refusal } from '../contracts/refusal.ts'
import { entry } from '../meeting/entities.ts'
import { roleMay } from '../permissions/meeting.ts'
import { mediaLimits } from './limits.ts'
import { isEquipped, isOfMeeting, placeOf, type MediaMeeting, type Peer, type Source } from './peer.ts'
import type { StagePlan } from './stage.ts'

/** Nobody joins before the worker is there. */
export function availableRefusal({ state }: MediaAvailability): Refusal | null {
  return state === 'ready' ? null : refusal('media.notReady')
}

/** So many wrong codes a minute from one person: eight digits are not guessed at that pace. */
export const wrongCodesAMinute = 5

/** Whether a typed code is that of a room. `recentWrong`: wrong ones that this person has sent within the last minute. */
export function codeRefusal(known: boolean, recentWrong: number): Refusal | null {
  if (recentWrong >= wrongCodesAMinute) return refusal('media.codeWait')
  return known ? null : refusal('media.codeWrong')
}

/** Whether a screen may join the media room as this peer. */
export function joinRefusal(meeting: MediaMeeting, peers: readonly Peer[], coming: Peer): Refusal | null {
  const { status } = meeting.lifecycle
  if (status !== 'scheduled' && status !== 'inSession' && status !== 'recess') return refusal('media.notHeld')
  if (peers.some(({ peerId, connected }) => connected && peerId === coming.peerId)) return refusal('media.alreadyJoined')
  if (coming.kind === 'room' && !isOfMeeting(meeting, coming.siteId)) return refusal('media.siteUnknown')
  const place = coming.kind === 'room' ? { siteId: coming.siteId } : { personId: coming.personId }
  if (orderAbout(meeting.stage, 'remove', place)) return refusal('media.removed')
  const taken = coming.kind === 'room' && peers.some((peer) => peer.kind === 'room' && peer.connected && peer.siteId === coming.siteId)
  return taken ? refusal('media.roomTaken') : null
}

/** What a peer holds in the media room at this moment. */
export interface PeerHoldings {
  transportIds: readonly string[]
  producers: readonly { producerId: string; source: Source }[]
}

export function transportRefusal(held: PeerHoldings): Refusal | null {
  return held.transportIds.length >= mediaLimits.transports ? refusal('media.tooMany', { most: mediaLimits.transports }) : null
}

/** Ids of other peers and other rooms are unknown, whoever asks. */
export function ownRefusal(held: PeerHoldings, asked: { transportId: string } | { producerId: string }): Refusal | null {
  const known = 'transportId' in asked ? held.transportIds.includes(asked.transportId) : held.producers.some(({ producerId }) => producerId === asked.producerId)
  return known ? null : refusal('media.unknown')
}

/** Producing follows the plan: what is muted in advance may be opened, and is not passed on. */
export function produceRefusal(meeting: MediaMeeting, peers: readonly Peer[], plan: StagePlan, peer: Peer, held: PeerHoldings, asked: { transportId: string; source: Source }): Refusal | null {
  const wrong = ownRefusal(held, asked)
  if (wrong) return wrong
  if ((plan.grants[peer.peerId]?.[asked.source] ?? 'no') === 'no') {
    const beside = peer.kind === 'tablet' && isEquipped(meeting, peers, placeOf(meeting, peer)) && (asked.source === 'microphone' || asked.source === 'camera')
    return refusal(beside ? 'media.besideEndpoint' : 'media.notGranted')
  }
  return held.producers.some(({ source }) => source === asked.source) ? refusal('media.sourceTaken') : null
}

/** Which rooms' equipment is somebody's business: a site's technician has his own, whoever else may report on sites has all of them; undefined: none. */
export function equipmentOf(meeting: Pick<MediaMeeting, 'participants'>, personId: string): { siteId: string } | 'all' | undefined {
  const participant = entry(meeting.participants, personId)
  if (!participant || !roleMay(participant.role, 'sites.report')) return undefined
  return participant.role === 'technician' && participant.siteId !== null ? { siteId: participant.siteId } : 'all'
}

/** `siteId` undefined: whatever is his business. */
export function equipmentRefusal(meeting: Pick<MediaMeeting, 'participants'>, personId: string, siteId?: string | null): Refusal | null {
  const own = equipmentOf(meeting, personId)
  if (own === undefined) return refusal('permission.denied')
  return own === 'all' || siteId === undefined || own.siteId === siteId ? null : refusal('sites.notYours')
}

/** A token as it is kept, without its secret. */
export interface MediaToken {
  meetingId: string
  siteId: string
  door: 'whip' | 'whep'
  expiresAt: number
}

/** Whether a token opens this door now. `token` null: no such secret. */
export function tokenRefusal(token: MediaToken | null, asked: Omit<MediaToken, 'expiresAt'>, now: number): Refusal | null {
  if (token?.meetingId !== asked.meetingId) return refusal('media.tokenUnknown')
  if (token.siteId !== asked.siteId || token.door !== asked.door) return refusal('media.tokenElsewhere')
  return now >= token.expiresAt ? refusal('media.tokenExpired') : null
}
