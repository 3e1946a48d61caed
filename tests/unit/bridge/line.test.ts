import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { speedOf } from '../../../client/bridge/room/line-speed.ts'
import { lineStatistics } from '../../../client/bridge/room/line-statistics.ts'
import { WantedPictures } from '../../../client/bridge/wanted-pictures.ts'
import type { MediaRequests } from '../../../shared/contracts/media.ts'

test('a speed leaves out the slow start, and knows a line that carried nothing', () => {
  const steady = Array.from({ length: 31 }, (_, index) => ({ at: index * 100, octets: Math.max(0, index - 4) * 12_500 }))
  expect(speedOf(steady)).toBe(1_000)
  expect(speedOf([{ at: 0, octets: 0 }])).toBe(0)
  expect(speedOf([])).toBe(0)
  // 64 kbit/s for half a second: too short to leave anything out.
  expect(speedOf([{ at: 0, octets: 0 }, { at: 500, octets: 4_000 }])).toBe(64)
})

test('of both directions the worse is told, and pictures that came back are counted', () => {
  const sent = new Map<string, unknown>([
    ['a', { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.02, roundTripTime: 0.05 }],
    ['b', { type: 'candidate-pair', state: 'succeeded', currentRoundTripTime: 0.04 }],
    ['c', { type: 'candidate-pair', state: 'waiting' }],
  ])
  const received = new Map<string, unknown>([['d', { type: 'inbound-rtp', kind: 'video', packetsLost: 10, packetsReceived: 90, framesDecoded: 44 }], ['e', { type: 'inbound-rtp', kind: 'audio', packetsLost: -2, packetsReceived: 100 }]])
  expect(lineStatistics(sent, received)).toEqual({ lossPercent: 5, roundTripMs: 50, framesBack: 44 })
  expect(lineStatistics(new Map(), new Map())).toEqual({ lossPercent: 0, roundTripMs: 0, framesBack: 0 })
})

let told: MediaRequests['media:consume'][] = []
let pictures: WantedPictures
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  pictures = new WantedPictures((wanted) => told.push(wanted))
})
afterEach(() => vi.useRealTimers())

test('what is on the screen is told once for a whole change of layout, each picture at its largest place', () => {
  const [corner, stage, other] = [Symbol('corner'), Symbol('stage'), Symbol('other')]
  pictures.place(corner, 'room-s1', 'camera', 320, 180)
  pictures.place(stage, 'room-s1', 'camera', 1280.4, 720.2)
  pictures.place(other, 'room-s2', 'camera', 160, 90)
  vi.advanceTimersByTime(200)
  expect(told).toEqual([{ own: false, saveData: false, tiles: [{ peerId: 'room-s1', source: 'camera', width: 1280, height: 720 }, { peerId: 'room-s2', source: 'camera', width: 160, height: 90 }] }])
  // A place that is let go and taken at once changes nothing.
  pictures.gone(other)
  pictures.place(other, 'room-s2', 'camera', 160, 90)
  vi.advanceTimersByTime(200)
  expect(told).toHaveLength(1)
  pictures.gone(stage)
  pictures.gone(other)
  vi.advanceTimersByTime(200)
  expect(told.at(-1)?.tiles).toEqual([{ peerId: 'room-s1', source: 'camera', width: 320, height: 180 }])
})

test('sound only takes no pictures, and after a new joining all is told again', () => {
  pictures.place(Symbol('stage'), 'room-s1', 'camera', 640, 360)
  pictures.rest({ audioOnly: true, own: true })
  vi.advanceTimersByTime(200)
  expect(told).toEqual([{ tiles: [], own: false, saveData: false }])
  pictures.again()
  vi.advanceTimersByTime(200)
  expect(told).toHaveLength(2)
})
