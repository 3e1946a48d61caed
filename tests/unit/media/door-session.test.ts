import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { SenderPlace } from '../../../server/bridge/door-session.ts'
import { Refused } from '../../../shared/contracts/refusal.ts'
import { sources } from '../../../shared/media/peer.ts'
import type { RoomControl } from '../../../shared/media/room-control.ts'
import type { Grants } from '../../../shared/media/stage.ts'

const all = Object.fromEntries(sources.map((source) => [source, 'yes'])) as Grants

test('a media process that fails while equipment is taken in is heard of, and nothing else; a refusal is none', async () => {
  const troubles: unknown[] = []
  const failing = new Error('the media process failed')
  for (const error of [failing, new Refused('media.notGranted')]) {
    const place = new SenderPlace({ siteId: 'site-1', voiced: true, medias: [{ kind: 'audio', rtpParameters: { codecs: [], encodings: [] } as never }], onEnd() {}, onTrouble: (trouble) => troubles.push(trouble) })
    place.begin({ produce: () => Promise.reject(error) } as unknown as RoomControl, 'transport')
    place.follow(all, [])
    // An unhandled rejection fails the test.
    await turn()
  }
  expect(troubles).toEqual([failing])
})
