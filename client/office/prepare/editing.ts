import { inject, provide, type InjectionKey } from 'vue'
import type { AgendaItem } from '../../../shared/meeting/agenda/state.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import type { MoveDirection, MoveTarget } from './moves.ts'

/** What rows of the agenda ask of the editor around them. */
export interface AgendaEditing {
  edit(item: AgendaItem): void
  addBelow(item: AgendaItem): void
  remove(item: AgendaItem): void
  step(itemId: string, direction: MoveDirection): void
  move(itemId: string, target: MoveTarget): void
  mayStep(itemId: string, direction: MoveDirection): boolean
  rename(paper: Paper): void
  /** Who may see it. */
  limit(paper: Paper): void
  detach(paper: Paper): void
  movePaper(paper: Paper, afterId: string | null): void
}

const key: InjectionKey<AgendaEditing> = Symbol('agenda editing')

export function provideAgendaEditing(editing: AgendaEditing): void {
  provide(key, editing)
}

export function useAgendaEditing(): AgendaEditing {
  const editing = inject(key)
  if (!editing) throw new Error('a row of the agenda outside its editor')
  return editing
}
