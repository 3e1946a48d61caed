import type { MediaEvents, PeerLine, StageMessage } from '../../shared/contracts/media.ts'
import { endpointOf } from '../../shared/media/doors.ts'
import { placeOf, type MediaMeeting, type Peer, type Source } from '../../shared/media/peer.ts'
import type { RoomLine } from '../../shared/media/room-control.ts'
import { sources } from '../../shared/media/peer.ts'
import type { Grants, StagePlan } from '../../shared/media/stage.ts'

/** A page that takes part by the meeting's socket; the same object for all that one socket asks. */
export interface BridgeScreen {
  readonly sessionId: string
  readonly personId: string
  tell<E extends keyof MediaEvents>(event: E, ...message: Parameters<MediaEvents[E]>): void
}

/** One place of the media room; a room's endpoint keeps it while its line is gone. */
export interface Place {
  peer: Peer
  /** Null: its line is gone. */
  screen: BridgeScreen | null
  transportIds: string[]
  line: RoomLine | null
  decibels: number
  /** The stage as it was told last, as text. */
  told: string
}

/** What of the stage is the same for all who may hear; made once for hundreds of screens, as text too, by which it is seen whether it changed. */
export interface SharedStage { stage: Pick<StageMessage, 'onStage' | 'peers'>; text: string }

/** `beside`: sites that send by equipment at a door, and have no page. */
export function sharedStage(meeting: MediaMeeting, places: readonly Place[], beside: readonly string[], { onStage }: StagePlan, sending: (peerId: string) => Source[]): SharedStage {
  const atDoors = beside.flatMap((siteId) => described({ peerId: endpointOf(siteId), siteId, personId: null, sources: sending(endpointOf(siteId)) }))
  const stage = { onStage, peers: [...places.flatMap((place) => describe(meeting, place, sending(place.peer.peerId))), ...atDoors] }
  return { stage, text: JSON.stringify(stage) }
}

/** Nothing is on stage for whoever may not hear it; not even who speaks. */
export function stageMessage(shared: SharedStage, plan: StagePlan, { peerId }: Peer): { message: StageMessage; text: string } {
  const hears = plan.receives.includes(peerId)
  const own = { standby: plan.standby.includes(peerId), grants: plan.grants[peerId] ?? noGrants, loudspeaker: plan.loudspeakers.includes(peerId) }
  return { message: { ...(hears ? shared.stage : { onStage: [], peers: [] }), ...own }, text: JSON.stringify(own) + (hears ? shared.text : '') }
}

export const noGrants = Object.fromEntries(sources.map((source) => [source, 'no'])) as Grants

function describe(meeting: MediaMeeting, { peer, screen }: Place, sent: Source[]): StageMessage['peers'] {
  return screen ? described({ peerId: peer.peerId, siteId: placeOf(meeting, peer), personId: peer.kind === 'tablet' ? peer.personId : null, sources: sent }) : []
}

/** Who sends no picture does not stand in a gallery. */
function described(peer: StageMessage['peers'][number]): StageMessage['peers'] {
  return peer.sources.some((source) => source !== 'microphone' && source !== 'screenSound') ? [peer] : []
}

/** In the trial room everybody sends and hears. */
export function trialPlan(peers: readonly Peer[]): StagePlan {
  const here = peers.filter(({ connected }) => connected).map(({ peerId }) => peerId)
  const all = Object.fromEntries(sources.map((source) => [source, 'yes'])) as Grants
  return { onStage: [], standby: [], grants: Object.fromEntries(here.map((peerId) => [peerId, all])), receives: here, loudspeakers: here }
}

/** How one place does, for technicians; null: nothing of it is connected. */
export function reportOf(meeting: MediaMeeting, { peer, screen, line, decibels }: Place, sent: Source[]): PeerLine | null {
  if (!screen) return null
  const { lossPercent = 0, roundTripMs = 0, upKbps = 0, downKbps = 0, rung = 'text', saveData = false, highest = -1 } = line ?? {}
  return {
    peerId: peer.peerId, siteId: placeOf(meeting, peer), personId: peer.kind === 'tablet' ? peer.personId : null,
    lossPercent, roundTripMs, upKbps, downKbps, rung, saveData, sources: sent, highest, decibels,
  }
}
