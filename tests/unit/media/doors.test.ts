import { expect, test } from 'vitest'
import { keyFrameAsked, Rewriting } from '../../../media/room/rewriting.ts'
import { attemptRefusal, doorsPlan, sourceAtDoor, withDoors, type AtDoor } from '../../../shared/media/doors.ts'
import type { Peer } from '../../../shared/media/peer.ts'
import { joinRefusal } from '../../../shared/media/rules.ts'
import { stagePlan } from '../../../shared/media/stage.ts'
import { followLine, placeVoices } from '../../../shared/media/view.ts'
import { meetingInSession } from '../../support/meeting/rehearsal.ts'

const encoder: AtDoor = { peerId: 'door-1', siteId: 'site-1', kind: 'sender', voiced: true }
const camera: AtDoor = { ...encoder, peerId: 'door-2', voiced: false }
const player: AtDoor = { peerId: 'view-1', siteId: 'site-2', kind: 'view', voiced: false }

function bridge() {
  const { meeting } = meetingInSession()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
  return meeting
}

test('an encoder with sound stands for its site’s endpoint: muted until the floor is given, beside it no tablet sounds', () => {
  const meeting = bridge()
  const binh: Peer = { peerId: 'binh', kind: 'tablet', personId: 'binh', connected: true }
  const peers = withDoors([binh], [encoder])
  const before = stagePlan(meeting.state, peers, meeting.clock())
  expect(before.grants['room-site-1']).toMatchObject({ microphone: 'no', camera: 'yes' })
  expect(before.grants['binh']).toMatchObject({ microphone: 'no', camera: 'no' })
  meeting.do('chair', 'floor:invite', { personId: 'binh' })
  const plan = stagePlan(meeting.state, peers, meeting.clock())
  expect(plan.grants['room-site-1']).toMatchObject({ microphone: 'yes', second: 'yes' })
  expect(plan.onStage[0]).toMatchObject({ peerId: 'room-site-1', because: 'floor' })
})

test('a page whose line is gone is stood for, one that is there keeps its place', () => {
  const gone: Peer = { peerId: 'room-site-1', kind: 'room', siteId: 'site-1', connected: false }
  expect(withDoors([gone], [encoder])).toEqual([{ ...gone, connected: true }])
  expect(withDoors([gone], [camera])).toEqual([gone])
  expect(withDoors([], [camera, player])).toEqual([])
})

test('a camera in a room without an endpoint is no endpoint: tablets there sound, its picture stands in the gallery', () => {
  const meeting = bridge()
  const binh: Peer = { peerId: 'binh', kind: 'tablet', personId: 'binh', connected: true }
  meeting.do('chair', 'floor:invite', { personId: 'binh' })
  const plan = stagePlan(meeting.state, withDoors([binh], [camera]), meeting.clock())
  expect(plan.grants['binh']).toMatchObject({ microphone: 'yes' })
  expect(doorsPlan(meeting.state, plan, [camera]).grants['room-site-1']).toMatchObject({ camera: 'yes', microphone: 'no' })
})

test('a player looks on while its site may: not during what is confidential, whoever is there, and not after the chair has removed the site', () => {
  const meeting = bridge()
  const elsewhere: AtDoor = { ...player, peerId: 'view-2', siteId: 'site-1' }
  const receives = () => doorsPlan(meeting.state, stagePlan(meeting.state, [], meeting.clock()), [player, elsewhere]).receives
  expect(receives()).toEqual(['view-1', 'view-2'])
  meeting.do('chair', 'agenda:startItem', { itemId: meeting.addItem('Công tác nhân sự', { confidential: true, access: ['binh'] }) })
  expect(receives()).toEqual([])
  meeting.do('chair', 'agenda:startItem', { itemId: meeting.addItem('Kinh tế - xã hội') })
  expect(receives()).toEqual(['view-1', 'view-2'])
  meeting.do('chair', 'stage:order', { kind: 'remove', place: { siteId: 'site-2' }, on: true })
  expect(receives()).toEqual(['view-2'])
})

test('a site that is taken out of the meeting looks on no more, and is let in no more', () => {
  const meeting = bridge()
  const room: Peer = { peerId: 'room-site-2', kind: 'room', siteId: 'site-2', connected: true }
  expect(joinRefusal(meeting.state, [], room)).toBeNull()
  meeting.do('secretary', 'participants:change', { personId: 'chi', role: 'delegate', votes: true, siteId: 'site-1' })
  meeting.do('secretary', 'meeting:change', { siteIds: ['site-1'] })
  expect(joinRefusal(meeting.state, [], room)?.code).toBe('media.siteUnknown')
  expect(stagePlan(meeting.state, [room], meeting.clock()).receives).toEqual([])
  expect(doorsPlan(meeting.state, stagePlan(meeting.state, [], meeting.clock()), [player, { ...camera, siteId: 'site-2' }])).toEqual({ grants: {}, receives: [] })
})

test('equipment sends the camera that a page does not send, else a second picture; its sound only where no page brings one', () => {
  expect(sourceAtDoor('video', camera, [])).toBe('camera')
  expect(sourceAtDoor('video', camera, ['microphone', 'camera'])).toBe('second')
  expect(sourceAtDoor('audio', camera, [])).toBeNull()
  expect(sourceAtDoor('audio', encoder, [])).toBe('microphone')
})

test('a token opens one session at a time, and not without end', () => {
  expect(attemptRefusal(0, null)).toBeNull()
  expect(attemptRefusal(0, { connected: true, sinceMs: 0 })?.code).toBe('media.doorTaken')
  expect(attemptRefusal(0, { connected: false, sinceMs: 5_000 })?.code).toBe('media.doorTaken')
  expect(attemptRefusal(0, { connected: false, sinceMs: 60_000 })).toBeNull()
  expect(attemptRefusal(20, null)?.code).toBe('request.tooMany')
})

test('voices keep their places; where there are too few, the last goes to whoever is clearly loudest', () => {
  const voice = (producerId: string, decibels = -127) => ({ producerId, decibels })
  expect(placeVoices([voice('a'), voice('b')], [null, null, null])).toEqual(['a', 'b', null])
  expect(placeVoices([voice('b'), voice('c')], ['a', 'b', null])).toEqual(['c', 'b', null])
  expect(placeVoices([voice('speaker', -30), voice('chair')], ['speaker'])).toEqual(['speaker'])
  expect(placeVoices([voice('speaker', -30), voice('chair', -27)], ['speaker'])).toEqual(['speaker'])
  expect(placeVoices([voice('speaker', -60), voice('chair', -27)], ['speaker'])).toEqual(['chair'])
  expect(placeVoices([voice('speaker', -30), voice('chair', -32)], ['chair'])).toEqual(['chair'])
  expect(placeVoices([voice('a')], [])).toEqual([])
})

test('layers go down at once with losses and up again after ten good seconds', () => {
  const down = followLine({ highest: 2, goodSince: null }, 12, 0)
  expect(down.highest).toBe(1)
  const waiting = followLine(down, 0, 1_000)
  expect(followLine(waiting, 0, 10_900).highest).toBe(1)
  expect(followLine(waiting, 0, 11_000).highest).toBe(2)
  expect(followLine(waiting, 4, 11_000), 'a little loss begins the waiting anew').toEqual({ highest: 1, goodSince: null })
})

/** VP8 in RTP, with an extension that must not go on. */
function packet(sequence: number, timestamp: number, picture: number, base: number): Buffer {
  const head = Buffer.from([0x90, 0xe5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0])
  head.writeUInt16BE(sequence, 2)
  head.writeUInt32BE(timestamp, 4)
  return Buffer.concat([head, Buffer.from([0x90, 0xc0, 0x80 | (picture >> 8), picture & 0xff, base, 1, 2, 3])])
}
const read = (buffer: Buffer | null) => buffer && { sequence: buffer.readUInt16BE(2), timestamp: buffer.readUInt32BE(4), ssrc: buffer.readUInt32BE(8), type: buffer[1], picture: buffer.readUInt16BE(14) & 0x7fff, base: buffer[16], length: buffer.length }

test('streams that follow each other become one: numbers, times and pictures go on', () => {
  const one = new Rewriting({ ssrc: 9, payloadType: 96, clockRate: 90_000, isVp8: true })
  expect(read(one.next(packet(65_535, 1_000, 32_767, 255), 0))).toEqual({ sequence: 65_535, timestamp: 1_000, ssrc: 9, type: 0xe0, picture: 32_767, base: 255, length: 20 })
  expect(read(one.next(packet(0, 4_000, 0, 0), 33))).toMatchObject({ sequence: 0, timestamp: 4_000, picture: 0, base: 0 })
  one.begin()
  expect(read(one.next(packet(500, 77_000, 100, 40), 133))).toMatchObject({ sequence: 1, timestamp: 4_000 + 9_000, picture: 1, base: 1 })
  expect(read(one.next(packet(502, 80_000, 102, 41), 166)), 'a hole stays a hole').toMatchObject({ sequence: 3, timestamp: 16_000, picture: 3, base: 2 })
  expect(read(one.next(packet(501, 80_000, 101, 41), 167)), 'late, and in its place').toMatchObject({ sequence: 2, picture: 2 })
  expect(one.next(packet(499, 76_000, 99, 39), 168), 'of before the stream was taken').toBeNull()
  for (const bad of [Buffer.alloc(0), Buffer.alloc(11), Buffer.from('x'.repeat(40)), packet(503, 1, 1, 1).subarray(0, 15)]) expect(one.next(bad, 170)).toBeNull()
})

test('a key frame that is asked for is found in a compound report', () => {
  const report = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1])
  const pli = Buffer.from([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 42])
  const fir = Buffer.from([0x84, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 0, 0])
  expect(keyFrameAsked(Buffer.concat([report, pli, fir]))).toEqual([42, 43])
  expect(keyFrameAsked(Buffer.from([1, 2, 3]))).toEqual([])
})
