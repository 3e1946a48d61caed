import { beforeEach, expect, test } from 'vitest'
import { BallotsUnderway, type BallotUnderway } from '../../../client/meeting/votes/underway.ts'

/** A sealed ballot that was sent and not answered outlives a reload of its page, and nothing else does. */
let kept: Map<string, string>
const storage = () => ({
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
})
const page = () => new BallotsUnderway(storage)
const ballot = (commandId: string, more: Partial<BallotUnderway> = {}): BallotUnderway => ({ meetingId: 'm1', personId: 'an', commandId, data: { voteId: 'v1', sealed: 'AQ' }, ...more })

beforeEach(() => void (kept = new Map()))

test('the next page finds what the one before had no answer to, with the same bytes and the same id', () => {
  page().keep(ballot('c1'))
  page().keep(ballot('c2', { data: { voteId: 'v2', sealed: 'Ag' } }))
  expect(page().of('m1', 'an')).toEqual([ballot('c1'), ballot('c2', { data: { voteId: 'v2', sealed: 'Ag' } })])
  expect(page().of('m2', 'an')).toEqual([])
})

test('an answered ballot leaves nothing behind', () => {
  page().keep(ballot('c1'))
  page().forget('c1')
  expect(page().of('m1', 'an')).toEqual([])
  expect(kept.size).toBe(0)
})

test('what somebody else left on this device is neither sent nor kept: it was sealed to his name', () => {
  page().keep(ballot('c1'))
  expect(page().of('m1', 'binh')).toEqual([])
  expect(kept.size).toBe(0)
})

test('a browser that keeps nothing, and nonsense under the name, are no obstacle to a ballot', () => {
  const refusing = () => ({ getItem: () => { throw new Error('no') }, setItem: () => { throw new Error('no') }, removeItem: () => { throw new Error('no') } })
  const nothing = new BallotsUnderway(refusing)
  nothing.keep(ballot('c1'))
  nothing.forget('c1')
  expect(nothing.of('m1', 'an')).toEqual([])
  kept.set('ballotsUnderway', 'nonsense')
  expect(page().of('m1', 'an')).toEqual([])
})
