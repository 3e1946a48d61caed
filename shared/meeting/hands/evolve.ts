import { withChange, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { HandCount } from './state.ts'

type Counts = Record<string, HandCount>

export function evolveHands(hands: Counts, fact: VisibleFact): Counts {
  const by = fact.by ?? ''
  switch (fact.type) {
    case 'hands.begun': {
      const begun = { status: 'begun', begunBy: by, begunAt: fact.at, entry: null, confirmedBy: null, confirmedAt: null, withdrawReason: null } as const
      return withEntry<HandCount>(hands, fact.data.countId, { ...fact.data, ...begun })
    }
    case 'hands.entered': {
      const { countId, ...entered } = fact.data
      return withChange(hands, countId, { status: 'entered', entry: { ...entered, by, at: fact.at } })
    }
    case 'hands.confirmed':
      return withChange(hands, fact.data.countId, { status: 'confirmed', confirmedBy: by, confirmedAt: fact.at })
    case 'hands.withdrawn':
      return withChange(hands, fact.data.countId, { status: 'withdrawn', withdrawReason: fact.data.reason })
    default:
      return hands
  }
}

/** A count as those know it who do not conduct the vote: that it runs and where, so that they see why a tablet is locked; no numbers, no names. */
export function toldToAll(count: HandCount): HandCount {
  return { ...count, personIds: [], entry: null }
}
