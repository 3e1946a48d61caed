import { expect, test } from 'vitest'
import { LastMinute } from '../../../server/bridge/last-minute.ts'

test('what somebody did is counted for a minute, by his name, and forgotten then', () => {
  let now = 1_000
  const tries = new LastMinute(() => now)
  tries.note('an')
  now += 30_000
  tries.note('an')
  tries.note('binh')
  expect([tries.count('an'), tries.count('binh'), tries.count('chi')]).toEqual([2, 1, 0])
  now += 30_000
  expect([tries.count('an'), tries.sweep()]).toEqual([1, false])
  tries.forget('an')
  expect(tries.count('an')).toBe(0)
  now += 30_000
  expect(tries.sweep()).toBe(true)
})
