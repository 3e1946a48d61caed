import fc from 'fast-check'
import { expect, test } from 'vitest'
import { highestTaken, rungs, serve, stepsOf, usableBits, type Layer, type Served, type Wanted } from '../../../shared/media/ladder.ts'
import { climbLadder, ladderLimits, newLadder } from '../../../shared/media/ladder-state.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const run = { seed, numRuns: 300 }

const layers = fc.array(fc.record({ spatial: fc.nat(2), temporal: fc.nat(2), width: fc.integer({ min: 80, max: 1920 }), height: fc.integer({ min: 45, max: 1080 }), bitsPerSecond: fc.integer({ min: 10_000, max: 3_000_000 }) }), { maxLength: 9 })
  .map((list): Layer[] => [...new Map(list.map((one) => [`${one.spatial} ${one.temporal}`, one])).values()])
const tile = fc.record({ producerId: fc.constant(''), width: fc.integer({ min: 50, max: 2000 }), height: fc.integer({ min: 50, max: 1200 }), layers })
const wanted: fc.Arbitrary<Wanted> = fc.record({
  voices: fc.array(fc.integer({ min: 8_000, max: 64_000 }), { minLength: 1, maxLength: 4 }).map((list) => list.map((bitsPerSecond, index) => ({ producerId: `voice-${index}`, bitsPerSecond }))),
  page: fc.boolean(), speaker: fc.option(tile.map((one) => ({ ...one, producerId: 'speaker' }))), stage: fc.array(tile, { maxLength: 3 }).map((list) => list.map((one, index) => ({ ...one, producerId: `stage-${index}` }))),
  own: fc.option(tile.map((one) => ({ ...one, producerId: 'own' }))), gallery: fc.array(tile, { maxLength: 24 }).map((list) => list.map((one, index) => ({ ...one, producerId: `gallery-${index}` }))), saveData: fc.boolean(),
})
const bits = fc.oneof(fc.nat(400_000), fc.nat(20_000_000))

const worth = (served: Served) => new Map(served.taken.map(({ producerId, layer }) => [producerId, layer ? layer.spatial * 10 + layer.temporal : 0]))

/** `more` has everything that `less` has, nothing of it worse. */
function expectNoLess(less: Served, more: Served): void {
  const has = worth(more)
  for (const [producerId, value] of worth(less)) expect(has.get(producerId) ?? -1, producerId).toBeGreaterThanOrEqual(value)
  expect(rungs.indexOf(more.rung)).toBeGreaterThanOrEqual(rungs.indexOf(less.rung))
  if (less.page) expect(more.page).toBe(true)
}

test(`more line never gives less of anything, and nothing is over the budget (seed ${seed})`, () => {
  fc.assert(fc.property(wanted, bits, bits, (all, a, b) => {
    const steps = stepsOf(all)
    const [less, more] = [serve(steps, Math.min(a, b)), serve(steps, Math.max(a, b))]
    expectNoLess(less, more)
    for (const [served, budget] of [[less, Math.min(a, b)], [more, Math.max(a, b)]] as const) {
      const cost = served.taken.reduce((sum, { producerId, layer }) => sum + (layer?.bitsPerSecond ?? all.voices.find((one) => one.producerId === producerId)?.bitsPerSecond ?? 0), 0)
      expect(cost + (served.page ? 32_000 : 0)).toBe(served.bitsPerSecond)
      expect(served.bitsPerSecond).toBeLessThanOrEqual(budget)
    }
  }), run)
})

test(`while any picture is taken, every voice of the stage is (seed ${seed})`, () => {
  fc.assert(fc.property(wanted, bits, (all, budget) => {
    const { taken } = serve(stepsOf(all), budget)
    if (!taken.some(({ layer }) => layer !== null)) return
    expect(taken.filter(({ layer }) => layer === null).map(({ producerId }) => producerId)).toEqual(all.voices.map(({ producerId }) => producerId))
  }), run)
})

test(`a worse line is never more usable (seed ${seed})`, () => {
  fc.assert(fc.property(bits, fc.tuple(fc.nat(100), fc.nat(100)), fc.tuple(fc.nat(3000), fc.nat(3000)), (availableBits, loss, delay) => {
    const line = (pick: typeof Math.min) => usableBits({ availableBits, lossPercent: pick(...loss), roundTripMs: pick(...delay) })
    expect(line(Math.max)).toBeLessThanOrEqual(line(Math.min))
    expect(line(Math.min)).toBeLessThanOrEqual(availableBits)
  }), run)
})

test(`in time: never over what is measured, and however the line came there, what it steadily carries is taken and stays (seed ${seed})`, () => {
  fc.assert(fc.property(wanted, fc.array(fc.tuple(bits, fc.integer({ min: 1, max: 15 })), { minLength: 1, maxLength: 20 }), bits, (all, past, last) => {
    const steps = stepsOf(all)
    let [ladder, now] = [newLadder(past[0]?.[0] ?? 0), 0]
    const measure = (usable: number) => {
      const next = climbLadder(ladder, steps, usable, (now += 1000))
      ladder = next.ladder
      expect(next.served.bitsPerSecond).toBeLessThanOrEqual(usable)
      return next.served
    }
    for (const [usable, seconds] of past) for (let count = 0; count < seconds; count += 1) measure(usable)
    // At most a rung in each longest hold.
    for (let count = 0; count < (ladderLimits.longestHoldMs / 1000) * rungs.length; count += 1) measure(last)
    const settled = measure(last)
    expectNoLess(serve(steps, last / ladderLimits.headroom), settled)
    expectNoLess(settled, serve(steps, last))
    for (let count = 0; count < 100; count += 1) expect(measure(last)).toEqual(settled)
  }), { ...run, numRuns: 60 })
})

test(`a line that sways changes what is taken twice in a hold at most, and less and less often (seed ${seed})`, () => {
  fc.assert(fc.property(wanted, fc.array(bits, { minLength: 200, maxLength: 600 }), (all, measured) => {
    const steps = stepsOf(all)
    let ladder = newLadder(measured[0] ?? 0)
    const rises: number[] = []
    let before = serve(steps, measured[0] ?? 0).bitsPerSecond
    measured.forEach((usable, index) => {
      const next = climbLadder(ladder, steps, usable, index * 1000)
      ladder = next.ladder
      if (next.served.bitsPerSecond > before) rises.push(index)
      before = next.served.bitsPerSecond
    })
    rises.forEach((at, index) => index > 0 && expect(at - (rises[index - 1] ?? 0)).toBeGreaterThanOrEqual(ladderLimits.holdMs / 1000))
  }), { ...run, numRuns: 100 })
})

test(`a producer is told to stop exactly what no receiver takes (seed ${seed})`, () => {
  fc.assert(fc.property(wanted, fc.array(bits, { maxLength: 5 }), (all, lines) => {
    const served = lines.map((one) => serve(stepsOf(all), one))
    const ids = [all.speaker, all.own, ...all.stage, ...all.gallery].flatMap((one) => one?.producerId ?? [])
    for (const [producerId, highest] of Object.entries(highestTaken(ids, served))) {
      const taken = served.flatMap((one) => one.taken.filter((other) => other.producerId === producerId).map(({ layer }) => layer?.spatial ?? 0))
      expect(highest).toBe(taken.length > 0 ? Math.max(...taken) : -1)
    }
  }), run)
})
