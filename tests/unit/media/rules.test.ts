import { expect, test } from 'vitest'
import type { Refusal } from '../../../shared/contracts/refusal.ts'
import { mediaRefusals } from '../../../shared/contracts/refusals/media.ts'
import type { Peer, Source } from '../../../shared/media/peer.ts'
import { availableRefusal, codeRefusal, joinRefusal, ownRefusal, produceRefusal, tokenRefusal, transportRefusal } from '../../../shared/media/rules.ts'
import { stagePlan } from '../../../shared/media/stage.ts'
import { draftMeeting, meetingInSession } from '../../support/meeting/rehearsal.ts'

const room: Peer = { peerId: 'room', kind: 'room', siteId: 'site-1', connected: true }
const binh: Peer = { peerId: 'binh', kind: 'tablet', personId: 'binh', connected: true }
const chi: Peer = { peerId: 'chi', kind: 'tablet', personId: 'chi', connected: true }
const peers = [room, binh, chi]
const held = { transportIds: ['transport'], producers: [{ producerId: 'producer', source: 'screen' as Source }] }

function bridge() {
  const { meeting } = meetingInSession()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
  return meeting
}

function producing(peer: Peer, source: Source, speaker?: string): Refusal | null {
  const meeting = bridge()
  if (speaker !== undefined) meeting.do('chair', 'floor:invite', { personId: speaker })
  const plan = stagePlan(meeting.state, peers, meeting.clock())
  return produceRefusal(meeting.state, peers, plan, peer, held, { transportId: 'transport', source })
}

const joining = (coming: Peer, here: Peer[] = [], meeting = bridge()) => joinRefusal(meeting.state, here, coming)
const token = { meetingId: 'm', siteId: 'site-1', door: 'whip', expiresAt: 1000 } as const
const asked = { meetingId: 'm', siteId: 'site-1', door: 'whip' } as const

const scenes: Record<keyof typeof mediaRefusals, () => Refusal | null> = {
  'media.notHeld': () => joinRefusal(draftMeeting().meeting.state, [], room),
  'media.notReady': () => availableRefusal({ state: 'building', done: 1, total: 2 }),
  'media.codeWrong': () => codeRefusal(false, 4),
  'media.codeWait': () => codeRefusal(true, 5),
  'media.alreadyJoined': () => joining(chi, peers),
  'media.roomTaken': () => joining({ ...room, peerId: 'another' }, peers),
  'media.removed': () => {
    const meeting = bridge()
    meeting.do('chair', 'stage:order', { kind: 'remove', place: { personId: 'chi' }, on: true })
    return joining(chi, [], meeting)
  },
  'media.unknown': () => ownRefusal(held, { transportId: 'of-another-room' }),
  'media.besideEndpoint': () => producing(binh, 'microphone', 'binh'),
  'media.notGranted': () => producing(chi, 'microphone'),
  'media.sourceTaken': () => producing(chi, 'screen', 'chi'),
  'media.tooMany': () => transportRefusal({ transportIds: ['a', 'b'], producers: [] }),
  'media.tokenUnknown': () => tokenRefusal(null, asked, 0),
  'media.tokenExpired': () => tokenRefusal(token, asked, 1000),
  'media.tokenElsewhere': () => tokenRefusal(token, { ...asked, siteId: 'site-2' }, 0),
}

test.each(Object.entries(scenes))('%s is given', (code, scene) => {
  expect(scene()?.code).toBe(code)
})

test('what the floor gives may be sent', () => {
  expect(producing(chi, 'microphone', 'chi')).toBeNull()
  expect(producing(room, 'microphone', 'binh')).toBeNull()
  expect(producing(room, 'camera')).toBeNull()
  expect(producing(room, 'microphone', 'chi')?.code).toBe('media.notGranted')
})

test('a token opens its own door of its own site in its own meeting, in its time', () => {
  expect(tokenRefusal(token, asked, 999)).toBeNull()
  expect(tokenRefusal(token, { ...asked, door: 'whep' }, 0)?.code).toBe('media.tokenElsewhere')
  expect(tokenRefusal(token, { ...asked, meetingId: 'other' }, 0)?.code).toBe('media.tokenUnknown')
})

test('the right code opens a room, when the worker is there', () => {
  expect(codeRefusal(true, 4)).toBeNull()
  expect(availableRefusal({ state: 'ready', from: 'built' })).toBeNull()
})

test('an endpoint that lost its line comes back to its room', () => {
  expect(joining(room, [{ ...room, connected: false }])).toBeNull()
})
