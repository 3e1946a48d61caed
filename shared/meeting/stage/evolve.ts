import type { VisibleFact } from '../fact.ts'
import { samePlace, type OrderedPlace, type StageOrders } from './state.ts'

export function evolveStage(stage: StageOrders, fact: VisibleFact): StageOrders {
  switch (fact.type) {
    case 'stage.ordered': {
      const { kind, place, on } = fact.data
      const others = stage.orders.filter((order) => order.kind !== kind || !samePlace(order.place, place))
      return { ...stage, orders: on ? [...others, { kind, place, at: fact.at, by: fact.by }] : others }
    }
    case 'stage.configured':
      return { ...stage, ...fact.data }
    case 'participant.removed': {
      const { personId } = fact.data
      return without(stage, (place) => 'personId' in place && place.personId === personId)
    }
    case 'meeting.changed': {
      const { siteIds } = fact.data
      return siteIds ? without(stage, (place) => 'siteId' in place && place.siteId !== null && !siteIds.includes(place.siteId)) : stage
    }
    default:
      return stage
  }
}

function without(stage: StageOrders, gone: (place: OrderedPlace) => boolean): StageOrders {
  return stage.orders.some(({ place }) => gone(place)) ? { ...stage, orders: stage.orders.filter(({ place }) => !gone(place)) } : stage
}
