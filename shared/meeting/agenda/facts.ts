import type { AgendaItemText } from './state.ts'

export interface AgendaFacts {
  'agenda.itemAdded': AgendaItemText & { itemId: string; parentId: string | null; rank: string }
  'agenda.itemChanged': Partial<AgendaItemText> & { itemId: string }
  'agenda.itemMoved': { itemId: string; parentId: string | null; rank: string }
  'agenda.itemRemoved': { itemId: string }
  'agenda.itemStarted': { itemId: string }
  'agenda.itemFinished': { itemId: string }
}
