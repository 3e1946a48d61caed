import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ConnectionWatch } from '../../../server/live/connections.ts'
import type { Connections } from '../../../shared/meeting/attendance/connections.ts'

// The hub's clock and its timers, moved by hand.
beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function watching(graceSeconds = 20) {
  const told: Connections[] = []
  const left = new Set<string>()
  const rules = { graceSeconds }
  const watch = new ConnectionWatch({
    now: Date.now, grace: () => rules.graceSeconds * 1000, takesPart: (personId) => !left.has(personId), send: () => told.push(watch.value()),
  })
  return { watch, told, left, rules }
}

test('a lost connection shows when the grace time is over, with the moment when it went', () => {
  const { watch, told } = watching()
  watch.came('an')
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([{ connected: ['an'], lost: [] }])
  const wentAt = Date.now()
  watch.went('an')
  vi.advanceTimersByTime(19_999)
  expect(watch.value()).toEqual({ connected: ['an'], lost: [] })
  expect(told.length, 'nobody is told of the grace time').toBe(1)
  vi.advanceTimersByTime(1)
  expect(watch.value()).toEqual({ connected: [], lost: [{ personId: 'an', since: wentAt }] })
  vi.advanceTimersByTime(1000)
  expect(told.at(-1)).toEqual({ connected: [], lost: [{ personId: 'an', since: wentAt }] })
})

test('who comes back within the grace time was never lost, and it costs no message', () => {
  const { watch, told } = watching()
  watch.came('an')
  vi.advanceTimersByTime(1000)
  watch.went('an')
  vi.advanceTimersByTime(15_000)
  watch.came('an')
  vi.advanceTimersByTime(60_000)
  expect(told.filter(({ lost }) => lost.length > 0)).toEqual([])
  expect(watch.value()).toEqual({ connected: ['an'], lost: [] })
})

test('with two screens a person is lost when both are gone', () => {
  const { watch } = watching()
  watch.came('an')
  watch.came('an')
  watch.went('an')
  vi.advanceTimersByTime(60_000)
  expect(watch.value().connected).toEqual(['an'])
  watch.went('an')
  vi.advanceTimersByTime(20_000)
  expect(watch.value().lost.map(({ personId }) => personId)).toEqual(['an'])
})

test('a hall that joins and goes at once costs a message a second, not one a person', () => {
  const { watch, told } = watching()
  for (let index = 0; index < 2000; index += 1) watch.came(`person-${index}`)
  vi.advanceTimersByTime(1000)
  expect(told.map(({ connected }) => connected.length)).toEqual([2000])
  for (let index = 0; index < 2000; index += 1) {
    watch.went(`person-${index}`)
    vi.advanceTimersByTime(1)
  }
  vi.advanceTimersByTime(30_000)
  expect(told.length).toBeLessThan(8)
  expect(told.at(-1)?.lost.length).toBe(2000)
})

test('grace times that end one after another are each noticed', () => {
  const { watch, told } = watching()
  for (const personId of ['an', 'binh', 'chi']) watch.came(personId)
  watch.went('an')
  vi.advanceTimersByTime(10_000)
  watch.went('binh')
  vi.advanceTimersByTime(11_000)
  expect(told.at(-1)?.lost.map(({ personId }) => personId)).toEqual(['an'])
  vi.advanceTimersByTime(11_000)
  expect(told.at(-1)?.lost.map(({ personId }) => personId)).toEqual(['an', 'binh'])
})

test('a shorter grace time holds from when it is set, and who has left the meeting is not missed', () => {
  const { watch, rules, left } = watching()
  for (const personId of ['an', 'binh']) {
    watch.came(personId)
    watch.went(personId)
  }
  rules.graceSeconds = 5
  left.add('binh')
  watch.reconsider()
  vi.advanceTimersByTime(5000)
  expect(watch.value()).toEqual({ connected: [], lost: [{ personId: 'an', since: 1_000_000 }] })
})

test('after it is closed nothing is told', () => {
  const { watch, told } = watching()
  watch.came('an')
  watch.went('an')
  watch.close()
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
})
