import { describe, expect, test } from 'vitest'
import { highestTaken, hubBits, serve, stepsOf, usableBits, type Layer, type Wanted } from '../../../shared/media/ladder.ts'
import { climbLadder, newLadder, nextTrial, noTrial, triedNext, trialLimits, type Trial } from '../../../shared/media/ladder-state.ts'

const layer = (spatial: number, temporal: number, height: number, kbps: number): Layer => ({ spatial, temporal, width: (height * 16) / 9, height, bitsPerSecond: kbps * 1000 })
const simulcast = [layer(0, 0, 180, 60), layer(0, 1, 180, 100), layer(1, 0, 360, 200), layer(1, 1, 360, 350), layer(2, 0, 720, 700), layer(2, 1, 720, 1300)]
const tile = (producerId: string, height: number) => ({ producerId, width: (height * 16) / 9, height, layers: simulcast })

const wanted: Wanted = {
  voices: [{ producerId: 'voice', bitsPerSecond: 36_000 }], page: true, speaker: tile('speaker', 720), stage: [tile('screen', 720)], own: tile('own', 180),
  gallery: Array.from({ length: 8 }, (_, index) => tile(`site-${index}`, 180)), saveData: false,
}
const at = (kbps: number, more: Partial<Wanted> = {}) => serve(stepsOf({ ...wanted, ...more }), kbps * 1000)
const layerOf = (served: ReturnType<typeof at>, producerId: string) => served.taken.find((one) => one.producerId === producerId)?.layer

test('as the line grows weaker: gallery, own picture, the speaker’s better layers, his picture, the page, and last his voice', () => {
  expect([9000, 2750, 1500, 150, 120, 50, 30].map((kbps) => at(kbps).rung)).toEqual(['gallery', 'own', 'stage', 'speaker', 'page', 'voices', 'text'])
  expect(at(9000).taken).toHaveLength(12)
  expect(layerOf(at(9000), 'site-0')).toMatchObject({ spatial: 0, temporal: 1 })
  expect(layerOf(at(150), 'speaker')).toMatchObject({ spatial: 0, temporal: 0 })
  expect(at(120)).toMatchObject({ page: true, taken: [{ producerId: 'voice', layer: null }] })
})

test('a picture is taken no larger than its tile', () => {
  expect(layerOf(at(99_000, { speaker: tile('speaker', 300) }), 'speaker')).toMatchObject({ spatial: 1, temporal: 1 })
  expect(layerOf(at(99_000, { speaker: tile('speaker', 2160) }), 'speaker')).toMatchObject({ spatial: 2, temporal: 1 })
})

test('a layer that costs more than a better one is passed over', () => {
  const layers = [layer(0, 0, 180, 60), layer(0, 1, 180, 250), layer(1, 0, 360, 200)]
  expect(stepsOf({ ...wanted, speaker: { ...tile('speaker', 720), layers }, voices: [], page: false, stage: [], own: null, gallery: [] }).map(({ taken }) => taken?.layer?.spatial)).toEqual([0, 1])
})

test('saving data takes the voice, the page and the speaker’s low layer, however good the line', () => {
  expect(at(99_000, { saveData: true })).toMatchObject({ rung: 'speaker', page: true })
  expect(at(99_000, { saveData: true }).taken.map(({ producerId }) => producerId)).toEqual(['voice', 'speaker'])
})

test('at 150 kbit/s and a tenth lost the voice is still taken, beside what the hub keeps for votes', () => {
  const usable = usableBits({ availableBits: 150_000, lossPercent: 10, roundTripMs: 300 })
  expect(usable).toBe(105_000 - hubBits)
  expect(serve(stepsOf(wanted), usable)).toMatchObject({ rung: 'page', taken: [{ producerId: 'voice' }] })
})

test('layers that nobody takes are found', () => {
  const taken = [at(150), at(400, { speaker: tile('speaker', 360), stage: [], own: null, gallery: [] })]
  expect(highestTaken(['speaker', 'site-0', 'voice'], taken)).toEqual({ 'speaker': 1, 'site-0': -1, 'voice': 0 })
})

test('the next picture or layer is tried beyond what is taken; a voice or the page is not, and at the top there is nothing to try', () => {
  const steps = stepsOf(wanted)
  const trying = (kbps: number, mayTry = (_producerId: string) => true) => triedNext(steps, serve(steps, kbps * 1000), mayTry)?.taken ?? null
  // With nothing but the voices: the speaker's low layer, else an estimate that follows what is sent would never rise.
  expect(trying(70)).toEqual({ producerId: wanted.speaker?.producerId, layer: simulcast[0] })
  for (const kbps of [0, 70, 300, 900, 3_000]) {
    const tried = trying(kbps)
    const before = serve(steps, kbps * 1000).taken.find(({ producerId }) => producerId === tried?.producerId)?.layer
    expect(tried?.layer?.bitsPerSecond ?? 0).toBeGreaterThan(before?.bitsPerSecond ?? 0)
  }
  expect(trying(100_000)).toBeNull()
  expect(trying(70, (producerId) => producerId !== 'speaker')?.producerId).toBe('screen')
})

test('a trial lasts a few seconds and ends with the first loss; the pause doubles with each that told nothing', () => {
  let [trial, now]: [Trial, number] = [noTrial, 0]
  const starts: number[] = []
  for (; now < 120_000; now += 500) {
    const before = trial
    trial = nextTrial(trial, true, now)
    if (before.since === null && trial.since !== null) starts.push(now)
    if (trial.since !== null) expect(now - trial.since).toBeLessThan(trialLimits.lastsMs)
  }
  expect(starts.slice(1).map((at, index) => (at - (starts[index] ?? 0) - trialLimits.lastsMs) / trialLimits.pauseMs)).toEqual([1, 2, 4])
  const running = nextTrial(noTrial, true, 0)
  expect(nextTrial(running, false, 500)).toMatchObject({ since: null, failed: 1 })
  expect(nextTrial(noTrial, false, 0).since).toBeNull()
})

test('a line that was poor of itself and becomes good is tried after one pause, whatever was tried before; what a trial itself does to a line changes nothing', () => {
  let trial: Trial = { since: null, failed: 4, notBefore: 130_000, endedAt: 2_000 }
  // Loss of its own, long after the last trial.
  for (let now = 20_000; now < 30_000; now += 500) trial = nextTrial(trial, false, now)
  let now = 30_000
  for (; trial.since === null; now += 500) trial = nextTrial(trial, true, now)
  expect(now - 30_000).toBeLessThanOrEqual(trialLimits.pauseMs + 500)
  const failed: Trial = { since: null, failed: 4, notBefore: 130_000, endedAt: 29_000 }
  expect(nextTrial(failed, false, 30_000), 'its own echo').toEqual(failed)
})

test('down at once, up again one rung after the other', () => {
  const steps = stepsOf(wanted)
  let [ladder, now] = [newLadder(9_000_000), 0]
  const seen: string[] = []
  const go = (kbps: number, seconds: number) => {
    for (let count = 0; count < seconds; count += 1) {
      const next = climbLadder(ladder, steps, kbps * 1000, (now += 1000))
      ladder = next.ladder
      if (seen.at(-1) !== next.served.rung) seen.push(next.served.rung)
    }
  }
  go(9000, 5)
  go(50, 5)
  expect(seen).toEqual(['gallery', 'voices'])
  go(9000, 60)
  expect(seen).toEqual(['gallery', 'voices', 'page', 'speaker', 'stage', 'own', 'gallery'])
})

test('a line that sways every ten seconds for eight minutes changes the picture two dozen times, not ninety', () => {
  const steps = stepsOf(wanted)
  let [ladder, now, changes] = [newLadder(400_000), 0, 0]
  let last = ''
  for (let count = 0; count < 600; count += 1) {
    const next = climbLadder(ladder, steps, Math.floor(count / 10) % 2 ? 120_000 : 400_000, (now += 1000))
    ladder = next.ladder
    const taken = JSON.stringify(next.served.taken)
    if (count > 120 && taken !== last) changes += 1
    last = taken
  }
  expect(changes).toBeLessThanOrEqual(24)
})

describe('what a line has shown beside its estimate', () => {
  const steps = stepsOf(wanted)
  const calm = { calm: true, carriedSince: null }
  const fallen = (shown: typeof calm | undefined, at: number, ladder = newLadder(9_000_000)) => climbLadder(ladder, steps, 90_000, at, shown).ladder

  test('an estimate that sinks on a line without fault takes the picture away, and is no fall the first time', () => {
    const doubted = fallen(calm, 1_000)
    expect(doubted).toMatchObject({ falls: [], trusted: 90_000 })
    expect(climbLadder(doubted, steps, 50_000, 3_000, calm).ladder.falls, 'several steps').toEqual([])
    expect(fallen(calm, 30_000, { ...doubted, trusted: 9_000_000 }).falls, 'again').toEqual([30_000])
    expect(fallen(calm, 200_000, { ...doubted, trusted: 9_000_000 }).falls, 'long after').toEqual([])
    expect(fallen(undefined, 1_000).falls, 'with loss').toEqual([1_000])
  })

  test('what was carried while it was tried counts as part of the wait, and makes one fall good', () => {
    const poor = { ...fallen(undefined, 1_000), falls: [400, 1_000] }
    const at = 20_000
    const carried = climbLadder(poor, steps, 9_000_000, at, { calm: true, carriedSince: at - 4_000 })
    expect(carried.ladder).toMatchObject({ falls: [1_000], betterSince: at - 4_000 })
    const higher = climbLadder(carried.ladder, steps, 9_000_000, at + 1_000, calm)
    expect(higher.served.bitsPerSecond).toBeGreaterThan(carried.served.bitsPerSecond)
    expect(higher.ladder.falls, 'once').toEqual([1_000])
    expect(climbLadder(climbLadder(poor, steps, 9_000_000, at, calm).ladder, steps, 9_000_000, at + 9_000, calm).served, 'without it').toEqual(carried.served)
  })
})
