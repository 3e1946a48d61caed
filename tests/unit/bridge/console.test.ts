import { expect, test } from 'vitest'
import { rowsOf } from '../../../client/bridge/console/rows.ts'
import type { PeerLine } from '../../../shared/contracts/media.ts'
import { untouched, type Site } from '../../../shared/meeting/sites/state.ts'

const site = (siteId: string, more: Partial<Site>): Site => ({ ...untouched(siteId), ...more })
const line = (siteId: string | null, more: Partial<PeerLine> = {}): PeerLine => ({
  peerId: `room-${siteId}`, siteId, personId: null, lossPercent: 0, roundTripMs: 20, upKbps: 900, downKbps: 900, rung: 'gallery', saveData: false, sources: ['camera'], highest: 2, decibels: -30, ...more,
})
const view = (sites: Site[]) => ({ details: { siteIds: ['s1', 's2', 's3'] }, sites: Object.fromEntries(sites.map((one) => [one.siteId, one])) }) as unknown as Parameters<typeof rowsOf>[0]

test('every site has its line of the table, the main room the first, also those that nothing has happened to', () => {
  const rows = rowsOf(view([]), [line('s2'), line('s2', { peerId: 'tablet', personId: 'chi' })], false)
  expect(rows.map(({ siteId }) => siteId)).toEqual([null, 's1', 's2', 's3'])
  expect(rows[2]).toMatchObject({ line: { peerId: 'room-s2' }, tablets: 1 })
  expect(rows[1]).toMatchObject({ site: { status: 'notConnected' }, line: null, tablets: 0 })
})

test('what asks for help comes first when one wants it so', () => {
  const sites = [site('s1', { status: 'inSession' }), site('s2', { status: 'lost' }), site('s3', { status: 'inSession' })]
  expect(rowsOf(view(sites), [line('s3', { lossPercent: 7 })], true).map(({ siteId }) => siteId)).toEqual(['s2', 's3', null, 's1'])
})

