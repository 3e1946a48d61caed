import type { VisibleFact } from '../fact.ts'
import type { Presentation } from './state.ts'

export function evolvePresentation(presentation: Presentation | null, fact: VisibleFact): Presentation | null {
  switch (fact.type) {
    case 'presentation.started':
      return { ...fact.data, startedAt: fact.at }
    case 'presentation.handedOver':
      return presentation && { ...presentation, presenterId: fact.data.presenterId }
    case 'presentation.ended':
      return null
    default:
      return presentation
  }
}
