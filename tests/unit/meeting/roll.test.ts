import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choices } from '../../../shared/meeting/votes/matter.ts'
import type { RollEntry } from '../../../shared/meeting/votes/result.ts'
import { packRoll, unpackRoll } from '../../../shared/meeting/votes/roll.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const silent = fc.record({ present: fc.boolean(), channel: fc.constant(null), choice: fc.constant(null), chosen: fc.constant(null) })
const tablet = fc.record({ present: fc.constant(true), channel: fc.constant('tablet' as const), choice: fc.constantFrom(...choices, null), chosen: fc.constant(null) })
const counted = fc.record({ present: fc.constant(true), channel: fc.constantFrom('hands' as const, 'telephone' as const), choice: fc.constantFrom(...choices, null), chosen: fc.constant(null) })
const elector = fc.record({ present: fc.constant(true), channel: fc.constant('tablet' as const), choice: fc.constant(null), chosen: fc.array(fc.constantFrom('lan', 'minh', 'hoa')) })

test(`a roll is unpacked as it was (seed ${seed})`, () => {
  fc.assert(fc.property(fc.array(fc.oneof(silent, tablet, counted, elector)), (entries) => {
    const roll: RollEntry[] = entries.map((one, index) => ({ personId: `person-${index}`, ...one }))
    expect(unpackRoll({ entitled: roll.map(({ personId }) => personId), roll: packRoll(roll) })).toEqual(roll)
  }), { seed })
})

test('of two thousand a few thousand letters are told, and nothing before there is a roll', () => {
  const roll = Array.from({ length: 2000 }, (_, index): RollEntry => ({ personId: `person-${index}`, present: true, channel: 'tablet', choice: 'approve', chosen: null }))
  expect(JSON.stringify(packRoll(roll)).length).toBeLessThan(4100)
  expect(unpackRoll({ entitled: ['an'], roll: null })).toBeNull()
})
