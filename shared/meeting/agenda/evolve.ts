import { withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { AgendaItem } from './state.ts'

export function evolveAgenda(items: Record<string, AgendaItem>, fact: VisibleFact): Record<string, AgendaItem> {
  switch (fact.type) {
    case 'agenda.itemAdded':
      return withEntry(items, fact.data.itemId, { ...fact.data, status: 'pending', startedAt: null, finishedAt: null })
    case 'agenda.itemChanged':
    case 'agenda.itemMoved':
      return withChange(items, fact.data.itemId, fact.data)
    case 'agenda.itemRemoved':
      return withoutEntry(items, fact.data.itemId)
    case 'agenda.itemStarted':
      return withChange(items, fact.data.itemId, { status: 'current', startedAt: fact.at, finishedAt: null })
    case 'agenda.itemFinished':
      return withChange(items, fact.data.itemId, { status: 'finished', finishedAt: fact.at })
    default:
      return items
  }
}
