import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Backoff } from '../../../client/connection/backoff.ts'
import { HubClock } from '../../../client/connection/clock.ts'
import { Coalescer } from '../../../client/connection/coalesce.ts'
import { CommandOutbox } from '../../../client/connection/outbox.ts'
import { reasonOf, verdictOn } from '../../../client/connection/verdict.ts'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { refusal } from '../../../shared/contracts/refusal.ts'
import { refusalAnswer, refusalCodes } from '../../../shared/contracts/sentences.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('the presenter’s places', () => {
  test('the first passes at once, of those in between only the newest, the last one always', () => {
    const passed: number[] = []
    const places = new Coalescer<number>((place) => passed.push(place), 200)
    for (let place = 1; place <= 9; place += 1) places.offer(place)
    expect(passed).toEqual([1])
    vi.advanceTimersByTime(200)
    expect(passed).toEqual([1, 9])
    vi.advanceTimersByTime(1000)
    places.offer(10)
    expect(passed).toEqual([1, 9, 10])
  })

  test('never more than five a second, however fast they come', () => {
    let count = 0
    const places = new Coalescer<number>(() => (count += 1), 200)
    for (let at = 0; at < 1000; at += 10) {
      places.offer(at)
      vi.advanceTimersByTime(10)
    }
    expect(count).toBeLessThanOrEqual(6)
    expect(count).toBeGreaterThanOrEqual(5)
  })

  test('nothing is passed on after the end', () => {
    const passed: number[] = []
    const places = new Coalescer<number>((place) => passed.push(place), 200)
    places.offer(1)
    places.offer(2)
    places.stop()
    vi.advanceTimersByTime(1000)
    expect(passed).toEqual([1])
  })
})

describe('coming back', () => {
  test('waits longer each time, up to a limit, and begins anew after a success', () => {
    const backoff = new Backoff(300, 5000)
    const waits = Array.from({ length: 8 }, () => backoff.next(() => 0.5))
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 5000, 5000, 5000])
    backoff.reset()
    expect(backoff.next(() => 0.5)).toBe(300)
  })

  test('a thousand screens that were cut off together do not come back together', () => {
    const waits = new Set(Array.from({ length: 1000 }, () => Math.round(new Backoff().next())))
    expect(waits.size).toBeGreaterThan(100)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(150)
    expect(Math.max(...waits)).toBeLessThanOrEqual(450)
  })
})

test('the hub’s clock is read at the middle of question and answer', () => {
  const clock = new HubClock(() => 10_000)
  clock.set(70_000, 9_000, 9_400)
  expect(clock.at()).toBe(70_800)
  expect(clock.at(9_200)).toBe(70_000)
})

test('a device’s clock that is set while the page is open takes the hub’s time with it, as all else on the page', () => {
  const clock = new HubClock()
  clock.set(Date.now() + 5_000, Date.now(), Date.now())
  vi.useRealTimers()
  vi.useFakeTimers({ now: Date.now() + 15 * 86_400_000 })
  expect(clock.at() - Date.now()).toBe(5_000)
})

describe('a hub’s no', () => {
  test('only what passes by itself is tried again', () => {
    const answers = refusalCodes.map((code) => refusalAnswer(refusal(code), 'vi'))
    expect(answers.filter((answer) => verdictOn(answer) === 'retry').map(({ code }) => code).sort())
      .toEqual(['hub.failed', 'hub.stopping', 'hub.unknown', 'request.tooMany'])
    expect(answers.filter((answer) => verdictOn(answer) === 'reload').map(({ code }) => code)).toEqual(['client.tooOld'])
  })

  test('a reason is read out of the error that carries it, and out of no other', () => {
    const reason = refusalAnswer(refusal('session.required'), 'vi')
    expect(reasonOf(Object.assign(new Error(), { data: reason }))).toBe(reason)
    expect(reasonOf(new Error('xhr poll error'))).toBeNull()
    expect(reasonOf(Object.assign(new Error(), { data: 'no' }))).toBeNull()
  })
})

describe('the outbox', () => {
  type Sent = { commandId: string; done: (answer: CommandAnswer | null) => void }
  let sent: Sent[]
  let outbox: CommandOutbox
  const ok: CommandAnswer = { ok: true, from: 1, to: 1 }

  beforeEach(() => {
    sent = []
    outbox = new CommandOutbox((_type, { commandId }, done) => sent.push({ commandId, done }), () => {})
  })

  test('sends nothing while shut, and everything in order when opened', async () => {
    const first = outbox.add('meeting:open', {})
    const second = outbox.add('meeting:recess', {})
    expect(sent).toEqual([])
    expect(outbox.waiting.map(({ type, sent: was }) => [type, was])).toEqual([['meeting:open', false], ['meeting:recess', false]])
    outbox.open()
    expect(sent).toHaveLength(2)
    for (const { done } of sent) done(ok)
    expect(await Promise.all([first, second])).toEqual([ok, ok])
    expect(outbox.waiting).toEqual([])
  })

  test('sends a command of an earlier page under the id it had there', async () => {
    outbox.open()
    const outcome = outbox.add('meeting:open', {}, 'the-same-as-before')
    expect(sent.map(({ commandId }) => commandId)).toEqual(['the-same-as-before'])
    sent[0]!.done(ok)
    expect(await outcome).toEqual(ok)
  })

  test('does not send a command twice that is still under way', () => {
    outbox.open()
    void outbox.add('meeting:open', {})
    outbox.open()
    outbox.open()
    expect(sent).toHaveLength(1)
  })

  test('repeats with the same id what was not answered, but not while shut', async () => {
    outbox.open()
    const outcome = outbox.add('meeting:open', {})
    outbox.shut()
    sent[0]!.done(null)
    vi.advanceTimersByTime(60_000)
    expect(sent).toHaveLength(1)
    outbox.open()
    expect(sent.map(({ commandId }) => commandId)).toEqual([sent[0]!.commandId, sent[0]!.commandId])
    sent[1]!.done(ok)
    expect(await outcome).toEqual(ok)
    vi.advanceTimersByTime(60_000)
    expect(sent).toHaveLength(2)
  })

  test('what is given up is settled by whether it was ever sent', async () => {
    outbox.open()
    const sentOnce = outbox.add('meeting:open', {})
    outbox.shut()
    const never = outbox.add('meeting:recess', {})
    outbox.abandon()
    expect(await Promise.all([sentOnce, never])).toEqual(['unanswered', 'notConnected'])
  })
})
