import type { StageMessage } from '../../shared/contracts/media.ts'
import type { Refusal } from '../../shared/contracts/refusal.ts'
import { orderRefusal } from '../../shared/meeting/stage/rules.ts'
import { orderAbout, type OrderedPlace, type StageOrderKind } from '../../shared/meeting/stage/state.ts'
import { useAct } from '../meeting/act.ts'
import { useMeetingStore } from '../meeting/store.ts'
import type { Tile } from './arrangement.ts'

/** Whom an order about a tile is about: a room's endpoint speaks for its room, a tablet for its owner. */
export function placeOfTile({ peerId, personId, siteId }: Pick<Tile, 'peerId' | 'personId' | 'siteId'>, peers: StageMessage['peers'] = []): OrderedPlace {
  const peer = peers.find((one) => one.peerId === peerId)
  const owner = peer ? peer.personId : personId
  return owner === null ? { siteId: peer ? peer.siteId : siteId } : { personId: owner }
}

/** The chair's orders about places of the bridge: whether they hold, why not, and giving or taking them back. */
export function useOrders() {
  const meeting = useMeetingStore()
  const { act, busy } = useAct()

  function holds(kind: StageOrderKind, place: OrderedPlace): boolean {
    return meeting.view !== null && orderAbout(meeting.view.stage, kind, place) !== null
  }

  function why(kind: StageOrderKind, place: OrderedPlace): Refusal | null {
    if (!meeting.view || !meeting.me) return null
    return meeting.refusalOf('stage:order') ?? orderRefusal(meeting.view, meeting.me, { kind, place, on: !holds(kind, place) })
  }

  const toggle = (kind: StageOrderKind, place: OrderedPlace) => act('stage:order', { kind, place, on: !holds(kind, place) })
  return { holds, why, toggle, busy }
}
