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

test('the floor taken back and given again while equipment is being let in: the plan as it stands is heard, and what was closed before its answer came is opened anew', async () => {
  const asked: ((producerId: string) => void)[] = []
  const refuse: ((reason: unknown) => void)[] = []
  const place = new SenderPlace({ siteId: 'site-1', voiced: true, medias: [{ kind: 'audio', rtpParameters: { codecs: [], encodings: [] } as never }], onEnd() {}, onTrouble: expect.unreachable })
  place.begin({ produce: () => new Promise((resolve, reject) => { asked.push(resolve); refuse.push(reject) }) } as unknown as RoomControl, 'transport')
  place.follow(all, [])
  place.follow(null, [])
  place.follow(all, [])
  refuse[0]?.(new Refused('media.notGranted'))
  await turn()
  expect(asked).toHaveLength(2)
  place.tell('media:producerClosed', { producerId: 'first', source: 'microphone', reason: 'floor' } as never)
  asked[1]?.('first')
  await turn()
  place.follow(all, [])
  expect(asked).toHaveLength(3)
  asked[2]?.('second')
  await turn()
  place.follow(all, [])
  expect(asked, 'it sends').toHaveLength(3)
})
