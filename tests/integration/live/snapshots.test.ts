import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Snapshots } from '../../../server/meetings/snapshots.ts'
import { openStore } from '../../../server/store/open.ts'
import { LARGEST_VALUE } from '../../../server/store/port.ts'
import { emptyMeeting, type MeetingState } from '../../../shared/meeting/state.ts'
import type { Vote } from '../../../shared/meeting/votes/state.ts'

test('a meeting with more ballots than the store takes as one value has its snapshot all the same', async () => {
  const people = Array.from({ length: 2000 }, (_, index) => `dai-bieu-${index}-${(index * 2_654_435_761).toString(36)}`)
  const votes = Array.from({ length: 100 }, (_, index) => [`vote-${index}`, {
    voteId: `vote-${index}`, ballots: people.map((personId, place) => ({ personId, choice: place % 3 ? 'approve' : 'reject', at: 1_795_000_000_000 + place })),
  } as unknown as Vote])
  const state: MeetingState = { ...emptyMeeting('large'), seq: 120_000, votes: Object.fromEntries(votes) }
  expect(JSON.stringify(state).length).toBeGreaterThan(LARGEST_VALUE)

  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-snapshots-'))
  const store = await openStore({ dataDir, mongodbUrl: undefined })
  const snapshots = await Snapshots.open(store.records)
  await snapshots.save(state, 'its hash')
  expect(await snapshots.load('large')).toEqual({ state, hash: 'its hash' })
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})
