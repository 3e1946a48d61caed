import { presentAt } from '../meeting/attendance/place.ts'
import { currentItem, lineage } from '../meeting/agenda/tree.ts'
import { entry } from '../meeting/entities.ts'
import { siteOf } from '../meeting/floor/turn.ts'
import { siteStanding } from '../meeting/sites/rules.ts'
import type { MeetingCommon } from '../meeting/state.ts'
import { seesItem } from '../meeting/visibility.ts'

/** Whoever sends and receives sound and pictures: the endpoint of a room (`siteId` null: the main room), or one person's tablet. */
export type Peer =
  | { peerId: string; kind: 'room'; siteId: string | null; connected: boolean }
  /** Where he is, the meeting says. */
  | { peerId: string; kind: 'tablet'; personId: string; connected: boolean }

/** What a peer can send: the room's microphone and camera, a shared screen or window with its sound, a second source such as the slides' machine. */
export const sources = ['microphone', 'camera', 'screen', 'screenSound', 'second'] as const
export type Source = (typeof sources)[number]

export type MediaMeeting = Pick<MeetingCommon, 'lifecycle' | 'details' | 'participants' | 'items' | 'attendance' | 'floor' | 'floorEntries' | 'presentation' | 'sites' | 'stage'>

/** Where a peer is; null: the main room. */
export function placeOf(meeting: MediaMeeting, peer: Peer): string | null {
  return peer.kind === 'room' ? peer.siteId : siteOf(meeting, peer.personId)
}

/**
 * Whether a room has an endpoint, be it connected at this moment or not: when its line is lost, its tablets must not begin to sound one after
 * the other (same-room rule, DOMAIN.md 2.8).
 */
export function isEquipped(meeting: MediaMeeting, peers: readonly Peer[], siteId: string | null): boolean {
  if (peers.some((peer) => peer.kind === 'room' && peer.siteId === siteId)) return true
  return siteId !== null && siteStanding(meeting, siteId).enteredAt !== null
}

/** The peer that speaks for a person or a site: the room's endpoint where there is one, else the person's own tablet; null: none that is connected. */
export function peerFor(meeting: MediaMeeting, peers: readonly Peer[], { personId, siteId }: { personId: string | null; siteId: string | null }): Peer | null {
  const here = peers.filter(({ connected }) => connected)
  if (isEquipped(meeting, peers, siteId)) return here.find((peer) => peer.kind === 'room' && peer.siteId === siteId) ?? null
  return here.find((peer) => peer.kind === 'tablet' && peer.personId === personId) ?? null
}

/** A room is of a meeting as long as its site is, whatever it was let in with. */
export function isOfMeeting({ details }: Pick<MediaMeeting, 'details'>, siteId: string | null): boolean {
  return siteId === null || details.siteIds.includes(siteId)
}

/**
 * Whether what is said may be heard by this peer. While a confidential item is on: a tablet whose owner may know of it, and a room in which
 * everybody who is declared present may. By the hub's state only: a view leaves such items out.
 */
export function mayHear(meeting: MediaMeeting, peer: Peer): boolean {
  if (peer.kind === 'tablet' && !entry(meeting.participants, peer.personId)) return false
  if (peer.kind === 'room' && !isOfMeeting(meeting, peer.siteId)) return false
  const current = currentItem(meeting.items)
  if (current === null) return true
  if (peer.kind === 'tablet') return seesItem(meeting, peer.personId, current.itemId)
  if (isInTheOpen(meeting)) return true
  const present = presentAt(meeting, peer.siteId)
  return present.length > 0 && present.every((personId) => seesItem(meeting, personId, current.itemId))
}

/** Whether nothing confidential is on. */
export function isInTheOpen({ items }: Pick<MediaMeeting, 'items'>): boolean {
  const current = currentItem(items)
  return current === null || lineage(items, current.itemId).every(({ confidential }) => !confidential)
}
