import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrange, columnsFor, loudest, mostInGrid } from '../../../client/bridge/arrangement.ts'
import { placeOfTile } from '../../../client/bridge/orders.ts'
import { standingOf } from '../../../client/bridge/standing.ts'
import type { StageMessage } from '../../../shared/contracts/media.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
type Peers = StageMessage['peers']
const room = (siteId: string, ...more: Peers[number]['sources']): Peers[number] => ({ peerId: `room-${siteId}`, siteId, personId: null, sources: ['camera', ...more] })
const binh = { personId: 'binh', siteId: 's1', peerId: 'room-s1', because: 'floor' } as const
const grants = { microphone: 'no', camera: 'yes', screen: 'no', screenSound: 'no', second: 'no' } as const
const message = (more: Partial<StageMessage> = {}): StageMessage => ({ onStage: [], standby: false, grants, loudspeaker: true, peers: [], ...more })

test('who has the floor is large, the others on stage beside him, everybody else in the gallery', () => {
  const peers = [room('s1'), room('s2'), room('s3')]
  const shown = { personId: null, siteId: 's2', peerId: 'room-s2', because: 'order' } as const
  const { main, beside, gallery } = arrange({ onStage: [binh, shown], peers }, 'gallery')
  expect(main).toMatchObject({ peerId: 'room-s1', personId: 'binh' })
  expect(beside.map(({ peerId }) => peerId)).toEqual(['room-s2'])
  expect(gallery.map(({ peerId }) => peerId)).toEqual(['room-s3'])
  expect(arrange({ onStage: [binh], peers }, 'stage').gallery).toEqual([])
})

test('a shared screen takes the large place, and who shares it stands beside', () => {
  const { main, beside } = arrange({ onStage: [binh], peers: [room('s1', 'screen')] }, 'stage')
  expect(main).toMatchObject({ peerId: 'room-s1', source: 'screen' })
  expect(beside[0]).toMatchObject({ peerId: 'room-s1', source: 'camera', personId: 'binh' })
})

test('who has the floor and is not connected keeps his place by name', () => {
  expect(arrange({ onStage: [{ ...binh, peerId: null }], peers: [] }, 'stage').main).toMatchObject({ peerId: null, personId: 'binh', siteId: 's1' })
})

test(`everybody is on exactly one page of the grid, once, and a page has at most ${mostInGrid} (seed ${seed})`, () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 3 }), (count, staged) => {
    const peers = Array.from({ length: count }, (_, index) => room(`s${index}`))
    const onStage = peers.slice(0, staged).map(({ peerId, siteId }) => ({ personId: null, siteId, peerId, because: 'order' as const }))
    const { pages } = arrange({ onStage, peers }, 'grid')
    const all = Array.from({ length: pages }, (_, page) => arrange({ onStage, peers }, 'grid', page).gallery)
    expect(all.every((page) => page.length <= mostInGrid)).toBe(true)
    expect(all.flat().map(({ peerId }) => peerId).sort()).toEqual(peers.map(({ peerId }) => peerId).sort())
    // A page that is there no more, because sites have left, is the last one.
    expect(arrange({ onStage, peers }, 'grid', 99).gallery).toEqual(all.at(-1))
  }), { seed, numRuns: 60 })
})

test('a grid of four is two by two, also on a slim screen with twelve nothing is wasted', () => {
  expect(columnsFor(4, 1600, 900)).toBe(2)
  expect(columnsFor(12, 400, 900)).toBe(2)
  expect(columnsFor(1, 800, 600)).toBe(1)
})

test('a quiet room is nobody’s voice', () => {
  expect(loudest(new Map([['a', -60], ['b', -58]]))).toBeNull()
  expect(loudest(new Map([['a', -30], ['b', -20]]))).toBe('b')
})

test('an order about a room’s picture is about the room, also while somebody speaks there', () => {
  const peers: Peers = [room('s1'), { peerId: 'tablet-1', siteId: 's2', personId: 'chi', sources: ['camera'] }]
  expect(placeOfTile({ peerId: 'room-s1', personId: 'binh', siteId: 's1' }, peers)).toEqual({ siteId: 's1' })
  expect(placeOfTile({ peerId: 'tablet-1', personId: 'chi', siteId: 's2' }, peers)).toEqual({ personId: 'chi' })
  expect(placeOfTile({ peerId: null, personId: 'dung', siteId: null }, peers)).toEqual({ personId: 'dung' })
})

test('the page says whether one is heard', () => {
  const wishes = { microphone: true, saveData: false, audioOnly: false }
  const at = (stage: StageMessage, more: Partial<Parameters<typeof standingOf>[0]> = {}) => standingOf({ phase: 'in', stage, ladder: null, wishes, ...more })
  expect(at(message())).toEqual({ microphone: 'closed', words: 'listening', weak: null })
  expect(at(message({ grants: { ...grants, microphone: 'muted' }, standby: true }))).toMatchObject({ microphone: 'ready', words: 'ready' })
  const open = message({ grants: { ...grants, microphone: 'yes' } })
  expect(at(open)).toMatchObject({ microphone: 'open', words: 'open' })
  expect(at(open, { wishes: { ...wishes, microphone: false } })).toMatchObject({ microphone: 'held', words: 'held' })
  expect(at(message({ loudspeaker: false }))).toMatchObject({ microphone: 'none', words: 'beside' })
  expect(at(open, { phase: 'away' }).words).toBe('away')
  expect(at(open, { ladder: { rung: 'voices', since: 0, lossPercent: 9, roundTripMs: 300, availableKbps: 60 } }).weak).toBe('voices')
  expect(at(open, { ladder: { rung: 'gallery', since: 0, lossPercent: 0, roundTripMs: 3, availableKbps: 9000 } }).weak).toBeNull()
})
