import { entry } from '../entities.ts'
import type { AgendaItem } from './state.ts'

type Items = Record<string, AgendaItem>

/** Ranks are compared by code unit, as fractional indexing wants; ids settle what two hubs ranked alike. */
export function byRank(a: { rank: string; id: string }, b: { rank: string; id: string }): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The items below `parentId` (null: the top), in order. */
export function childrenOf(items: Items, parentId: string | null): AgendaItem[] {
  return Object.values(items)
    .filter((item) => item.parentId === parentId)
    .sort((a, b) => byRank({ rank: a.rank, id: a.itemId }, { rank: b.rank, id: b.itemId }))
}

/** The item and everything below it, children before their parents. */
export function subtree(items: Items, itemId: string): AgendaItem[] {
  const item = entry(items, itemId)
  if (!item) return []
  return [...childrenOf(items, itemId).flatMap((child) => subtree(items, child.itemId)), item]
}

/** The item and all above it, from itself to the top; empty when unknown. */
export function lineage(items: Items, itemId: string): AgendaItem[] {
  const line: AgendaItem[] = []
  for (let item = entry(items, itemId); item; item = item.parentId === null ? undefined : entry(items, item.parentId)) {
    line.push(item)
  }
  return line
}

/** The item that is on: while a sub-item is on, so are the items above it, and the deepest one counts. */
export function currentItem(items: Items): AgendaItem | null {
  const current = Object.values(items).filter((item) => item.status === 'current')
  return current.find((item) => !current.some((other) => other.parentId === item.itemId)) ?? null
}

export interface NumberedItem {
  item: AgendaItem
  /** '2', '2.1'; confidential items are numbered apart ('K1'), so that open items bear the same number on every screen. */
  number: string
  depth: number
}

/** The agenda as it is read from top to bottom. */
export function numberedAgenda(items: Items): NumberedItem[] {
  const rows: NumberedItem[] = []
  const walk = (parentId: string | null, prefix: string, depth: number) => {
    let open = 0
    let closed = 0
    for (const item of childrenOf(items, parentId)) {
      const number = prefix + (item.confidential ? `K${++closed}` : String(++open))
      rows.push({ item, number, depth })
      walk(item.itemId, `${number}.`, depth + 1)
    }
  }
  walk(null, '', 0)
  return rows
}
