import type { VisibleFact } from '../fact.ts'
import type { Presentation } from './state.ts'

export function evolvePresentation(presentation: Presentation | null, fact: VisibleFact): Presentation | null {
  switch (fact.type) {
    case 'presentation.started':
      // Another paper of the same presentation: who was told that he is held for five minutes is held for five minutes.
      return { ...fact.data, startedAt: fact.at, hold: presentation?.hold ?? null }
    case 'presentation.handedOver':
      return presentation && { ...presentation, presenterId: fact.data.presenterId }
    case 'presentation.held':
      return presentation && { ...presentation, hold: fact.data }
    case 'presentation.released':
      return presentation && { ...presentation, hold: null }
    case 'presentation.ended':
      return null
    default:
      return presentation
  }
}
