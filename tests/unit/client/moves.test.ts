import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveTarget, type MoveDirection, type MoveTarget } from '../../../client/office/prepare/moves.ts'
import type { AgendaItem } from '../../../shared/meeting/agenda/state.ts'
import { childrenOf } from '../../../shared/meeting/agenda/tree.ts'

type Items = Record<string, AgendaItem>

function item(itemId: string, parentId: string | null, rank: string): AgendaItem {
  return {
    itemId, parentId, rank, title: itemId, durationMinutes: null, unitId: null, presenterId: null, ownerIds: [], papersDue: null, confidential: false, access: [], status: 'pending', startedAt: null, finishedAt: null,
  }
}

/** 1, 2 (2a, 2b), 3 */
const agenda: Items = Object.fromEntries([item('1', null, 'a'), item('2', null, 'b'), item('3', null, 'c'), item('2a', '2', 'a'), item('2b', '2', 'b')].map(one => [one.itemId, one]))

/** What the hub does with a move, on lists instead of ranks. */
function moved(items: Items, itemId: string, { parentId, afterId }: MoveTarget): Items {
  const siblings = childrenOf(items, parentId).map(one => one.itemId).filter(id => id !== itemId)
  siblings.splice(afterId === null ? 0 : siblings.indexOf(afterId) + 1, 0, itemId)
  const next = { ...items }
  for (const [index, id] of siblings.entries()) next[id] = { ...(next[id] as AgendaItem), parentId, rank: String(index).padStart(4, '0') }
  return next
}
const order = (items: Items, parentId: string | null) => childrenOf(items, parentId).map(({ itemId }) => itemId)

test('up and down change places with the neighbour, and stop at the ends', () => {
  expect(order(moved(agenda, '3', moveTarget(agenda, '3', 'up') as MoveTarget), null)).toEqual(['1', '3', '2'])
  expect(order(moved(agenda, '1', moveTarget(agenda, '1', 'down') as MoveTarget), null)).toEqual(['2', '1', '3'])
  expect(order(moved(agenda, '2', moveTarget(agenda, '2', 'up') as MoveTarget), null)).toEqual(['2', '1', '3'])
  expect(moveTarget(agenda, '1', 'up')).toBeNull()
  expect(moveTarget(agenda, '2b', 'down')).toBeNull()
})

test('in puts an item last below the one above, out puts it behind its parent', () => {
  expect(moveTarget(agenda, '3', 'in')).toEqual({ parentId: '2', afterId: '2b' })
  expect(moveTarget(agenda, '2b', 'in')).toEqual({ parentId: '2a', afterId: null })
  expect(moveTarget(agenda, '1', 'in')).toBeNull()
  expect(moveTarget(agenda, '2a', 'out')).toEqual({ parentId: null, afterId: '2' })
  expect(moveTarget(agenda, '2', 'out')).toBeNull()
  expect(moveTarget(agenda, 'gone', 'up')).toBeNull()
})

test('whatever is pressed, every item stays in the tree once, and up takes back what down did', () => {
  const press = fc.record({ itemId: fc.constantFrom(...Object.keys(agenda)), direction: fc.constantFrom<MoveDirection>('up', 'down', 'in', 'out') })
  fc.assert(fc.property(fc.array(press, { maxLength: 30 }), presses => {
    let items = agenda
    for (const { itemId, direction } of presses) {
      const target = moveTarget(items, itemId, direction)
      if (!target) continue
      const next = moved(items, itemId, target)
      if (direction === 'down') {
        const back = moved(next, itemId, moveTarget(next, itemId, 'up') as MoveTarget)
        expect(order(back, target.parentId)).toEqual(order(items, target.parentId))
      }
      items = next
    }
    const reached: string[] = []
    const walk = (parentId: string | null) => { for (const id of order(items, parentId)) { reached.push(id); walk(id) } }
    walk(null)
    expect(reached.sort()).toEqual(Object.keys(agenda).sort())
  }))
})
