import { expect, test } from 'vitest'
import { leastEstimate, type MeasuredLine } from '../../../media/room/line.ts'
import { Feedback } from '../../../media/room/feedback.ts'
import { Repeats } from '../../../media/room/repeats.ts'
import { Trials } from '../../../media/room/trials.ts'
import { serve, stepsOf, type Wanted } from '../../../shared/media/ladder.ts'

const whole = { spatial: 0, temporal: 0, width: 1280, height: 720, bitsPerSecond: 900_000 }
const wanted: Wanted = {
  voices: [{ producerId: 'voice', bitsPerSecond: 36_000 }], page: true, stage: [], own: null, gallery: [], saveData: false,
  speaker: { producerId: 'encoder', width: 1280, height: 720, layers: [whole] },
}
const steps = stepsOf(wanted)
const served = serve(steps, 100_000)
const line = (more: Partial<MeasuredLine> = {}): MeasuredLine => ({ availableBits: 100_000, estimatedBits: leastEstimate, isFresh: false, downKbps: 36, queuedMs: 0, lossPercent: 0, roundTripMs: 20, ...more })

/** What is tried in twenty seconds, looked at twice a second. */
function run(trials: Trials, isLayered: boolean, at: (seconds: number) => Partial<MeasuredLine>): boolean[] {
  return Array.from({ length: 40 }, (_none, index) => trials.next(steps, served, line(at(index / 2)), () => isLayered, index * 500) !== null)
}

test('one picture without layers is tried for some seconds, and taken when nothing was lost meanwhile', () => {
  const trials = new Trials()
  expect(trials.proven(steps)).toBe(0)
  expect(run(trials, false, () => ({})).slice(0, 8)).toEqual(Array(8).fill(true))
  expect(serve(steps, trials.proven(steps)).taken.map(({ producerId }) => producerId)).toContain('encoder')
  // Gone with the picture, and with the first real loss.
  expect(trials.proven(stepsOf({ ...wanted, speaker: null }))).toBe(0)
  trials.next(steps, served, line({ lossPercent: 8 }), () => false, 21_000)
  expect(trials.proven(steps)).toBe(0)
})

test('a trial that loses packets is ended at once, and nothing is tried while they are lost', () => {
  const trials = new Trials()
  const tried = run(trials, false, (seconds) => (seconds >= 1 ? { lossPercent: 12 } : {}))
  expect(tried.filter(Boolean)).toHaveLength(2)
  expect(trials.proven(steps)).toBe(0)
})

test('where pictures play and the estimate is above its least, the estimate alone keeps a layered one within the line', () => {
  const tried = new Trials().next(steps, served, line({ estimatedBits: 400_000, isFresh: true }), () => true, 0)
  expect(tried).toEqual({ taken: { producerId: 'encoder', layer: whole }, noMore: false })
  expect(new Trials().next(steps, served, line({ estimatedBits: 400_000 }), () => true, 0)).toMatchObject({ noMore: true })
})

test('what had to be sent again counts as lost, for some seconds', () => {
  const repeats = new Repeats()
  const counted = (at: number, packetCount: number, packetsRetransmitted: number) => repeats.percent({ ssrc: 7, packetCount, packetsRetransmitted } as never, at)
  expect(counted(0, 100, 5)).toBe(0)
  expect(counted(500, 112, 6)).toBe(0)
  expect(counted(4_000, 200, 15)).toBe(10)
  expect(counted(12_000, 400, 15)).toBe(0)
  expect(counted(14_000, 450, 15)).toBe(0)
  expect(repeats.percent(undefined, 0)).toBe(0)
})

test('what the congestion control tells of loss counts while it grows; a long average that falls or stands still is of a line that was', () => {
  const feedback = new Feedback()
  const shares = [0, 0.02, 0.31, 0.31, 0.76, 0.66, 0.45, 0.45, 0.46]
  expect(shares.map((share) => Math.round(feedback.rising(share)))).toEqual([0, 0, 31, 0, 76, 0, 0, 0, 46])
  expect([0.05, 0.03, 0.06, 0.08, 0.04].map((share) => Math.round(new Feedback().rising(share))), 'a probe').toEqual([0, 0, 0, 0, 0])
  const narrow = new Feedback()
  expect([[0, 900_000], [0.05, 700_000], [0.04, 500_000]].map(([share, estimate]) => Math.round(narrow.rising(share, estimate))), 'the estimate falls with it').toEqual([0, 5, 0])
  expect(narrow.rising(0.06, null), 'it was held up').toBe(0)
  const slow = new Feedback()
  expect([0.03, 0.05, 0.08, 0.07].map((share) => Math.round(slow.rising(share)))).toEqual([0, 5, 8, 0])
  const sending = new Feedback()
  expect(shares.map((share) => Math.round(sending.fresh(share)))).toEqual([0, 2, 31, 0, 76, 66, 45, 0, 46])
})

test('an estimate that stands still below the next layer is pushed for some seconds after a while, by twice at the most, and not where it queues', () => {
  const carried: (number | null)[] = []
  const floors = (at: (seconds: number) => Partial<MeasuredLine>) => {
    const trials = new Trials()
    return Array.from({ length: 60 }, (_none, index) => {
      const floor = trials.next(steps, served, line({ estimatedBits: 230_000, isFresh: true, ...at(index / 2) }), () => true, index * 500)?.floorBits ?? 0
      carried[index] = trials.carriedSince(index * 500)
      return floor
    })
  }
  const stuck = floors(() => ({}))
  expect(stuck.indexOf(460_000) / 2).toBe(4)
  expect(stuck.filter((bits) => bits > 0).every((bits) => bits === 460_000)).toBe(true)
  // Four seconds, a pause of eight, again, and then twice as long a pause.
  expect(stuck.map((bits) => (bits > 0 ? 'x' : '.')).join('')).toMatch(/^\.{8}x{8}\.{16}x{8}\.+$/)
  expect(carried.map((since) => since === null ? '.' : since / 1_000).join(''), 'told for a moment after it').toMatch(/^\.{16}444\.{21}161616\.+$/)
  expect(floors((seconds) => (seconds >= 5 ? { queuedMs: 400 } : {})).filter((bits) => bits > 0)).toHaveLength(2)
  expect(carried.every((since) => since === null)).toBe(true)
  // Lost packets end it too, and it is not taken up again when they are over.
  expect(floors((seconds) => (seconds === 5 ? { lossPercent: 4 } : {})).map((bits) => (bits > 0 ? 'x' : '.')).join('')).toMatch(/^\.{8}x{2}\.{16}x{8}\.+$/)
  expect(floors(() => ({ estimatedBits: 2_000_000 })).every((bits) => bits === 0), 'it comes by itself').toBe(true)
})
