import { remainingMs } from '../meeting/floor/clock.ts'
import { currentList, waitingOn } from '../meeting/floor/order.ts'
import type { FloorEntry } from '../meeting/floor/state.ts'
import { isGone, onFloor, siteOf, speaking } from '../meeting/floor/turn.ts'
import { orderAbout, type StageOrderKind } from '../meeting/stage/state.ts'
import { roleMay } from '../permissions/meeting.ts'
import { isEquipped, mayHear, peerFor, placeOf, sources, type MediaMeeting, type Peer, type Source } from './peer.ts'

/** `muted`: sent to the hub's door already, so that it opens without delay, but passed on to nobody. */
export type Grant = 'no' | 'muted' | 'yes'
export type Grants = Record<Source, Grant>

/** Somebody on stage. The first is the one everybody looks at. */
export interface OnStage {
  personId: string | null
  /** Null: the main room. */
  siteId: string | null
  /** Null: nothing of him is connected; his name stands there all the same. */
  peerId: string | null
  /** `interrupted`: his speech waits while a question is put, or while his line is gone. */
  because: 'floor' | 'interrupted' | 'order' | 'chair'
}

/** Who sends what, and who hears, at one moment of the meeting. */
export interface StagePlan {
  onStage: OnStage[]
  /** Peers of those next in turn, connected and muted. */
  standby: string[]
  grants: Record<string, Grants>
  /** Peers that may receive at all, and of these, those that may sound. */
  receives: string[]
  loudspeakers: string[]
}

interface Speaker {
  personId: string | null
  siteId: string | null
  because: OnStage['because']
}

/** The stage as it follows from the floor and the chair's orders. By the hub's state (`mayHear`); `now`: hub time. */
export function stagePlan(meeting: MediaMeeting, peers: readonly Peer[], now: number): StagePlan {
  const live = peers.filter((peer) => peer.connected && isHeld(meeting) && !ordered(meeting, 'remove', peer) && mayHear(meeting, peer))
  const find = (place: { personId: string | null; siteId: string | null }) => {
    const peer = peerFor(meeting, peers, place)
    return peer && live.includes(peer) ? peer : null
  }
  const onStage = speakers(meeting).map((one): OnStage => ({ ...one, peerId: find(one)?.peerId ?? null }))
  const open = new Set(onStage.filter(({ because }) => because !== 'interrupted').map(({ peerId }) => peerId))
  const speech = speaking(meeting)
  if (speech && isOverrun(meeting, speech, now)) open.delete(find(placeOfEntry(meeting, speech))?.peerId ?? null)
  // The chair speaks at any time, whoever has the floor; so who overruns in the chair's own room is not muted by the clock.
  const chair = chairPlace(meeting)
  const presiding = chair && meeting.lifecycle.status === 'inSession' ? find(chair) : null
  if (presiding) open.add(presiding.peerId)
  const standby = nextInTurn(meeting).flatMap((one) => find(placeOfEntry(meeting, one))?.peerId ?? []).filter((peerId, index, all) => !open.has(peerId) && all.indexOf(peerId) === index)
  const waiting = new Set([...standby, ...onStage.flatMap(({ because, peerId }) => (because === 'interrupted' && peerId !== null ? [peerId] : []))])
  const grants = peers.map((peer): [string, Grants] => {
    if (!live.includes(peer)) return [peer.peerId, nothing]
    const muted = isMuted(meeting, peer, speech && find(placeOfEntry(meeting, speech)) === peer ? speech : null)
    const voice: Grant = muted ? 'no' : open.has(peer.peerId) ? 'yes' : waiting.has(peer.peerId) ? 'muted' : 'no'
    return [peer.peerId, grantsOf(meeting, peers, peer, voice, open.has(peer.peerId) || waiting.has(peer.peerId), muted)]
  })
  return {
    onStage,
    standby,
    grants: Object.fromEntries(grants),
    receives: live.map(({ peerId }) => peerId),
    loudspeakers: live.filter((peer) => peer.kind === 'room' || !isEquipped(meeting, peers, placeOf(meeting, peer))).map(({ peerId }) => peerId),
  }
}

function ordered(meeting: MediaMeeting, kind: StageOrderKind, peer: Peer): { at: number } | null {
  return orderAbout(meeting.stage, kind, peer.kind === 'room' ? { siteId: peer.siteId } : { personId: peer.personId })
}

/** Giving somebody the floor goes over a mute from before: the chair need not remember whom he silenced. */
function isMuted(meeting: MediaMeeting, peer: Peer, speech: FloorEntry | null): boolean {
  const mute = ordered(meeting, 'mute', peer)
  return mute !== null && !(speech && (speech.beganAt ?? 0) > mute.at)
}

const nothing: Grants = { microphone: 'no', camera: 'no', screen: 'no', screenSound: 'no', second: 'no' }

function grantsOf(meeting: MediaMeeting, peers: readonly Peer[], peer: Peer, microphone: Grant, called: boolean, muted: boolean): Grants {
  const screen: Grant = mayShare(meeting, peer, microphone === 'yes') ? 'yes' : 'no'
  const screenSound: Grant = muted ? 'no' : screen
  // A tablet beside an endpoint is an accompanying device (thiết bị kèm): paper, ballot and a screen to share, nothing that sounds.
  if (peer.kind === 'tablet' && isEquipped(meeting, peers, placeOf(meeting, peer))) return { ...nothing, screen, screenSound }
  return { microphone, camera: 'yes', screen, screenSound, second: peer.kind === 'room' && called ? 'yes' : 'no' }
}

/** A screen is shared by who has the floor, who presents, and who conducts. */
function mayShare(meeting: MediaMeeting, peer: Peer, speaks: boolean): boolean {
  if (speaks) return true
  if (peer.kind === 'room' || meeting.lifecycle.status !== 'inSession') return false
  const speech = speaking(meeting)
  const role = meeting.participants[peer.personId]?.role
  const conducts = role !== undefined && roleMay(role, 'floor.conduct')
  return conducts || speech?.personId === peer.personId || meeting.presentation?.presenterId === peer.personId
}

/** Pictures flow from the publishing to the end; voices only while the meeting is in session. */
function isHeld({ lifecycle: { status } }: MediaMeeting): boolean {
  return status === 'scheduled' || status === 'inSession' || status === 'recess'
}

function speakers(meeting: MediaMeeting): Speaker[] {
  if (meeting.lifecycle.status !== 'inSession') return []
  const speech = speaking(meeting)
  const interrupted = onFloor(meeting).filter((one) => one.status === 'paused' && one.pausedBecause === (speech ? 'interposed' : 'connection'))
  const found: Speaker[] = [
    ...(speech ? [{ ...placeOfEntry(meeting, speech), because: 'floor' as const }] : []),
    ...interrupted.map((one) => ({ ...placeOfEntry(meeting, one), because: 'interrupted' as const })),
    ...meeting.stage.orders.filter(({ kind }) => kind === 'show').map(({ place }): Speaker => ('personId' in place ? { personId: place.personId, siteId: siteOf(meeting, place.personId), because: 'order' } : { personId: null, siteId: place.siteId, because: 'order' })),
  ]
  const chair = chairPlace(meeting)
  return found.length > 0 || !chair ? found : [{ ...chair, because: 'chair' }]
}

function chairPlace(meeting: MediaMeeting): { personId: string; siteId: string | null } | null {
  const chair = Object.values(meeting.participants).find(({ role }) => role === 'chair')
  return chair ? { personId: chair.personId, siteId: siteOf(meeting, chair.personId) } : null
}

/** A speech belongs to a person at a site; where he sits now counts, not where he sat when he asked. */
function placeOfEntry(meeting: MediaMeeting, { personId, siteId }: Pick<FloorEntry, 'personId' | 'siteId'>): { personId: string | null; siteId: string | null } {
  return { personId, siteId: personId === null ? siteId : siteOf(meeting, personId) }
}

function nextInTurn(meeting: MediaMeeting): FloorEntry[] {
  if (meeting.lifecycle.status !== 'inSession') return []
  return waitingOn(meeting.floorEntries, currentList(meeting)).filter((one) => !isGone(meeting, one)).slice(0, meeting.stage.connectNext)
}

function isOverrun({ stage: { muteOverrunAfterSeconds } }: MediaMeeting, speech: FloorEntry, now: number): boolean {
  const left = remainingMs(speech, now)
  return muteOverrunAfterSeconds !== null && left !== null && left <= -muteOverrunAfterSeconds * 1000
}

/** When the plan changes by the clock alone: the moment a speech that overruns is muted; null: not by itself. */
export function nextChangeAt(meeting: MediaMeeting, now: number): number | null {
  const { muteOverrunAfterSeconds } = meeting.stage
  const speech = speaking(meeting)
  const left = speech && remainingMs(speech, now)
  if (muteOverrunAfterSeconds === null || left === null) return null
  const due = now + left + muteOverrunAfterSeconds * 1000
  return due > now ? due : null
}

export interface GrantChange {
  peerId: string
  source: Source
  from: Grant
  to: Grant
}

/** What changed between two plans, what is taken back first: no two voices for the length of a message. */
export function grantChanges(before: Pick<StagePlan, 'grants'>, after: Pick<StagePlan, 'grants'>): GrantChange[] {
  const worth: Record<Grant, number> = { no: 0, muted: 1, yes: 2 }
  const changes = [...new Set([...Object.keys(before.grants), ...Object.keys(after.grants)])].flatMap((peerId) =>
    sources.flatMap((source): GrantChange[] => {
      const [from, to] = [before.grants[peerId]?.[source] ?? 'no', after.grants[peerId]?.[source] ?? 'no']
      return from === to ? [] : [{ peerId, source, from, to }]
    }))
  return [...changes.filter(({ from, to }) => worth[to] < worth[from]), ...changes.filter(({ from, to }) => worth[to] > worth[from])]
}
