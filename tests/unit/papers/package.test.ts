import { describe, expect, test } from 'vitest'
import { noDetails, notCreated, type Lifecycle } from '../../../shared/meeting/lifecycle/state.ts'
import type { AgendaItem } from '../../../shared/meeting/agenda/state.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { packageExpiry, packingOrder } from '../../../shared/papers/package.ts'

const hour = 3_600_000

describe('the order of fetching', () => {
  const item = (itemId: string, rank: string, status: AgendaItem['status']) => ({ itemId, rank, status, parentId: null, confidential: false }) as AgendaItem
  const paper = (paperId: string, itemId: string, size: number) => ({ paperId, itemId, rank: paperId, size }) as Paper
  const byId = <T>(list: readonly T[], id: (one: T) => string) => Object.fromEntries(list.map((one) => [id(one), one]))
  const order = (items: AgendaItem[], papers: Paper[]) =>
    packingOrder({ items: byId(items, (one) => one.itemId), papers: byId(papers, (one) => one.paperId) }).map(({ paperId }) => paperId)

  const papers = [paper('a1', 'a', 10), paper('b1', 'b', 900), paper('b2', 'b', 5), paper('c1', 'c', 70), paper('c2', 'c', 60), paper('d1', 'd', 1), paper('e1', 'e', 65)]

  test('the item that is on, then the next one, then small files of what is to come, and last what is done', () => {
    const items = [item('a', '1', 'finished'), item('b', '2', 'current'), item('c', '3', 'pending'), item('d', '4', 'pending'), item('e', '5', 'pending')]
    expect(order(items, papers)).toEqual(['b2', 'b1', 'c2', 'c1', 'd1', 'e1', 'a1'])
  })

  test('before the meeting the first item comes first', () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((id, at) => item(id, String(at), 'pending'))
    expect(order(items, papers)).toEqual(['a1', 'd1', 'b2', 'c2', 'e1', 'c1', 'b1'])
  })

  test('papers of items that are not in the view are not in the package', () => {
    expect(order([item('c', '3', 'pending')], papers)).toEqual(['c2', 'c1'])
  })
})

describe('the end of a package', () => {
  const limits = { afterEnd: 12 * hour, longest: 168 * hour }
  const endsAt = 1000 * hour
  const expiry = (lifecycle: Partial<Lifecycle>, now: number) => packageExpiry({ ...notCreated, ...lifecycle }, { ...noDetails, endsAt }, now, limits) / hour

  test('so long after the planned end', () => {
    expect(expiry({ status: 'scheduled' }, 990 * hour)).toBe(1012)
    expect(expiry({ status: 'inSession' }, 999.5 * hour)).toBe(1012)
  })
  test('moves on with a meeting that runs beyond its plan', () => {
    expect(expiry({ status: 'inSession' }, 1003.2 * hour)).toBe(1016)
    expect(expiry({ status: 'recess' }, 1003.9 * hour)).toBe(1016)
  })
  test('is sooner after closing', () => {
    expect(expiry({ status: 'ended', endedAt: 998 * hour }, 998 * hour)).toBe(1001)
  })
  test('is at once when the meeting is cancelled', () => {
    expect(expiry({ status: 'cancelled' }, 990 * hour)).toBe(990)
  })
  test('is never later than a session could last without the hub', () => {
    expect(expiry({ status: 'scheduled' }, 100.5 * hour)).toBe(269)
  })
})
