import { withChange, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { RollCall } from './state.ts'

export function evolveRollCall(rollCall: RollCall | null, fact: VisibleFact): RollCall | null {
  if (fact.type === 'rollCall.started') return { startedAt: fact.at, finishedAt: null, calls: {} }
  if (!rollCall) return rollCall
  switch (fact.type) {
    case 'rollCall.siteCalled': {
      const { siteId } = fact.data
      return { ...rollCall, calls: withEntry(rollCall.calls, siteId, { siteId, calledAt: fact.at, answer: null, answeredAt: null, present: 0 }) }
    }
    case 'rollCall.siteAnswered': {
      const { siteId, answer, present } = fact.data
      return { ...rollCall, calls: withChange(rollCall.calls, siteId, { answer, present, answeredAt: fact.at }) }
    }
    case 'rollCall.finished':
      return { ...rollCall, finishedAt: fact.at }
    default:
      return rollCall
  }
}
