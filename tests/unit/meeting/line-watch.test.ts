import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineWatchLimits as limits, measure, newLineWatch, type LineWatch } from '../../../shared/meeting/sites/line-watch.ts'
import { siteLines, type SiteLine } from '../../../shared/meeting/sites/state.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const second = 1000

/** A line that is measured every second, and what of it was told when. */
class Measured {
  now = 0
  watch: LineWatch
  readonly told: { line: SiteLine; at: number }[] = []

  constructor(first: SiteLine = 'up') {
    this.watch = newLineWatch(first, 0)
  }

  is(line: SiteLine, seconds: number): this {
    for (let count = 0; count < seconds; count += 1) {
      this.now += second
      const { watch, tell } = measure(this.watch, line, this.now)
      this.watch = watch
      if (tell) this.told.push({ line: tell, at: this.now })
    }
    return this
  }
}

const lines = ({ told }: Measured) => told.map(({ line }) => line)

test('a steady line is told once; a loss after five seconds, the return after ten', () => {
  const line = new Measured().is('up', 3600)
  expect(lines(line)).toEqual(['up'])
  line.is('down', 60).is('up', 60)
  expect(line.told.slice(1)).toEqual([{ line: 'down', at: 3606 * second }, { line: 'up', at: 3671 * second }])
})

test('what lasts no longer than a breath is not told', () => {
  expect(lines(new Measured().is('up', 60).is('down', 4).is('up', 300).is('weak', 7).is('up', 300))).toEqual(['up'])
})

test('a line that never came is not lost', () => {
  expect(lines(new Measured('down').is('down', 600))).toEqual([])
})

test('an hour of coming and going every three seconds is one weak line, not twelve hundred facts', () => {
  const line = new Measured().is('up', 60)
  for (let turn = 0; turn < 600; turn += 1) line.is('down', 3).is('up', 3)
  expect(lines(line)).toEqual(['up', 'weak'])
  line.is('up', 120)
  expect(lines(line), 'and a good one again when it has calmed down').toEqual(['up', 'weak', 'up'])
})

test('a line that is lost for good after flapping is told lost', () => {
  const line = new Measured().is('up', 60)
  for (let turn = 0; turn < 20; turn += 1) line.is('down', 2).is('up', 2)
  expect(lines(line.is('down', 10)).at(-1)).toBe('down')
})

const stretch = fc.tuple(fc.constantFrom(...siteLines), fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 400 })))

function mostWithin(told: readonly { at: number }[], milliseconds: number): number {
  return told.reduce((most, { at }) => Math.max(most, told.filter((one) => one.at >= at && one.at < at + milliseconds).length), 0)
}

test(`however a line behaves, the log hears of it at most ${limits.mostChanges} times in ten minutes, and never twice the same (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(stretch, { minLength: 10, maxLength: 200 }), (stretches) => {
      const line = new Measured(stretches[0]?.[0])
      for (const [now, seconds] of stretches) line.is(now, seconds)
      expect(mostWithin(line.told, limits.memoryMs)).toBeLessThanOrEqual(limits.mostChanges)
      line.told.forEach((one, index) => expect(one.line).not.toBe(line.told[index - 1]?.line))
    }),
    { seed, numRuns: 80 },
  )
})

test(`nor when it is played against the watch: changed again the moment it was told (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1), { minLength: 20, maxLength: 20 }), (turns) => {
      const line = new Measured().is('up', 10)
      for (let step = 0; line.now < 3600 * second && step < 20_000; step += 1) {
        const others = siteLines.filter((one) => one !== line.watch.told)
        line.is(others[turns[line.told.length % turns.length] ?? 0] ?? 'up', 1)
      }
      expect(mostWithin(line.told, limits.memoryMs)).toBeLessThanOrEqual(limits.mostChanges)
    }),
    { seed, numRuns: 100 },
  )
})

test(`what a line is for ${limits.longestHoldMs / 1000} seconds on end is what was told of it, whatever came before (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 100 }), fc.constantFrom(...siteLines), (stretches, last) => {
      const line = new Measured()
      line.is('up', 5)
      for (const [now, seconds] of stretches) line.is(now, seconds)
      line.is(last, limits.longestHoldMs / 1000 + 1)
      expect(lines(line).at(-1)).toBe(last)
    }),
    { seed, numRuns: 200 },
  )
})
