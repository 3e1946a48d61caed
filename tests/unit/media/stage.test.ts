import { describe, expect, test } from 'vitest'
import { sources, type Peer } from '../../../shared/media/peer.ts'
import { grantChanges, nextChangeAt, stagePlan, type Grant } from '../../../shared/media/stage.ts'
import type { OrderedPlace, StageOrderKind } from '../../../shared/meeting/stage/state.ts'
import { meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const room = (siteId: string | null, connected = true): Peer => ({ peerId: `room-${siteId ?? 'main'}`, kind: 'room', siteId, connected })
const tablet = (personId: string): Peer => ({ peerId: `tablet-${personId}`, kind: 'tablet', personId, connected: true })

/** The main room and site-1 have endpoints, site-2 has none; binh sits at site-1, chi alone at site-2, an in the main room. */
const peers: Peer[] = [room(null), room('site-1'), tablet('an'), tablet('binh'), tablet('chi')]

function bridge(): Rehearsal {
  const { meeting, item } = meetingInSession()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
  meeting.do('chair', 'agenda:startItem', { itemId: item })
  return meeting
}

const plan = (meeting: Rehearsal, here = peers, now = meeting.clock()) => stagePlan(meeting.state, here, now)
const order = (meeting: Rehearsal, kind: StageOrderKind, place: OrderedPlace, on = true) => meeting.do('chair', 'stage:order', { kind, place, on })

/** Who is heard, and whose microphone is sent but not passed on. */
function microphones({ grants }: ReturnType<typeof plan>, grant: Grant): string[] {
  return Object.keys(grants).filter((peerId) => grants[peerId]?.microphone === grant)
}

function give(meeting: Rehearsal, personId: string): string {
  const entryId = meeting.askForFloor(personId)
  meeting.do('chair', 'floor:give', { entryId, reason: 'Theo điều hành' })
  return entryId
}

describe('the stage follows the floor', () => {
  test('while nobody has the floor the chair’s room is on stage, and heard', () => {
    const seen = plan(bridge())
    expect(seen.onStage).toEqual([{ personId: 'chair', siteId: null, peerId: 'room-main', because: 'chair' }])
    expect(microphones(seen, 'yes')).toEqual(['room-main'])
  })

  test('giving the floor opens the microphone of the speaker’s room, not of his tablet; the end takes it back', () => {
    const meeting = bridge()
    const before = plan(meeting)
    const entryId = give(meeting, 'binh')
    const during = plan(meeting)
    expect(during.onStage[0]).toEqual({ personId: 'binh', siteId: 'site-1', peerId: 'room-site-1', because: 'floor' })
    expect(microphones(during, 'yes')).toEqual(['room-main', 'room-site-1'])
    expect(during.grants['tablet-binh']).toMatchObject({ microphone: 'no', camera: 'no', screen: 'yes', screenSound: 'yes' })
    meeting.do('chair', 'floor:end', { entryId })
    const after = plan(meeting)
    expect(grantChanges(during, after)).toContainEqual({ peerId: 'room-site-1', source: 'microphone', from: 'yes', to: 'no' })
    expect(after.grants).toEqual(before.grants)
  })

  test('a delegate alone speaks from his tablet', () => {
    const meeting = bridge()
    give(meeting, 'chi')
    expect(plan(meeting).onStage[0]).toMatchObject({ personId: 'chi', siteId: 'site-2', peerId: 'tablet-chi' })
    expect(plan(meeting).grants['tablet-chi']).toMatchObject({ microphone: 'yes', camera: 'yes' })
  })

  test('the next in turn are connected, muted; as many as the chair says', () => {
    const meeting = bridge()
    for (const personId of ['chi', 'binh', 'an']) meeting.askForFloor(personId)
    expect(plan(meeting).standby).toEqual(['tablet-chi', 'room-site-1'])
    expect(microphones(plan(meeting), 'muted')).toEqual(['room-site-1', 'tablet-chi'])
    meeting.do('chair', 'stage:configure', { connectNext: 1 })
    expect(plan(meeting).standby).toEqual(['tablet-chi'])
    meeting.do('chair', 'stage:configure', { connectNext: 0 })
    expect(plan(meeting).standby).toEqual([])
  })

  test('what is taken back comes before what is given', () => {
    const meeting = bridge()
    give(meeting, 'binh')
    const before = plan(meeting)
    give(meeting, 'chi')
    const voices = grantChanges(before, plan(meeting)).filter(({ source }) => source === 'microphone')
    expect(voices.map(({ peerId, to }) => [peerId, to])).toEqual([['room-site-1', 'no'], ['tablet-chi', 'yes']])
  })

  test('a question interrupts: who is interrupted stays on stage, muted', () => {
    const meeting = bridge()
    meeting.do('chair', 'floor:configure', { interposedQuestions: true })
    give(meeting, 'binh')
    meeting.do('chair', 'floor:give', { entryId: meeting.askForFloor('chi', { kind: 'interposedQuestion' }) })
    expect(plan(meeting).onStage.map(({ peerId, because }) => [peerId, because])).toEqual([['tablet-chi', 'floor'], ['room-site-1', 'interrupted']])
    expect(plan(meeting).grants['room-site-1']?.microphone).toBe('muted')
  })

  test('a speaker whose line is gone keeps his place on stage, without a peer; his neighbours’ tablets stay silent', () => {
    const meeting = bridge()
    const entryId = give(meeting, 'binh')
    const lost = plan(meeting, [room(null), room('site-1', false), tablet('binh')])
    expect(lost.onStage[0]).toMatchObject({ personId: 'binh', peerId: null })
    expect(microphones(lost, 'yes')).toEqual(['room-main'])
    expect(lost.loudspeakers).toEqual(['room-main'])
    meeting.do(null, 'floor:pause', { entryId, connection: true })
    expect(plan(meeting).onStage[0]).toMatchObject({ personId: 'binh', because: 'interrupted' })
  })

  test('a site called as a whole speaks by its room, and by nobody where it has none', () => {
    const meeting = bridge()
    meeting.do('chair', 'floor:invite', { siteId: 'site-1' })
    expect(plan(meeting).onStage[0]).toMatchObject({ personId: null, siteId: 'site-1', peerId: 'room-site-1' })
    meeting.do('chair', 'floor:invite', { siteId: 'site-2' })
    expect(plan(meeting).onStage[0]).toMatchObject({ siteId: 'site-2', peerId: null })
    expect(microphones(plan(meeting), 'yes')).toEqual(['room-main'])
  })

  test('in recess, before and after the session no microphone is open', () => {
    const meeting = bridge()
    give(meeting, 'binh')
    meeting.do('chair', 'meeting:recess', {})
    expect(microphones(plan(meeting), 'yes')).toEqual([])
    expect(plan(meeting).grants['room-site-1']?.camera).toBe('yes')
    meeting.do('chair', 'meeting:end', {})
    expect(plan(meeting).receives).toEqual([])
    expect(Object.values(plan(meeting).grants).flatMap((one) => sources.map((source) => one[source])).every((grant) => grant === 'no')).toBe(true)
  })
})

describe('the chair’s hand', () => {
  test('mutes whoever has the floor, and his shared screen’s sound; he stays on stage', () => {
    const meeting = bridge()
    give(meeting, 'binh')
    order(meeting, 'mute', { siteId: 'site-1' })
    const muted = plan(meeting)
    expect(muted.grants['room-site-1']).toMatchObject({ microphone: 'no', camera: 'yes', screenSound: 'no' })
    expect(muted.onStage[0]?.peerId).toBe('room-site-1')
    order(meeting, 'mute', { siteId: 'site-1' }, false)
    expect(plan(meeting).grants['room-site-1']?.microphone).toBe('yes')
  })

  test('a mute from before the floor was given does not silence the speaker', () => {
    const meeting = bridge()
    order(meeting, 'mute', { siteId: 'site-1' })
    const entryId = give(meeting, 'binh')
    expect(plan(meeting).grants['room-site-1']?.microphone).toBe('yes')
    meeting.do('chair', 'floor:end', { entryId })
    order(meeting, 'show', { siteId: 'site-1' })
    expect(plan(meeting).grants['room-site-1']?.microphone, 'it holds on for all else').toBe('no')
  })

  test('removes: nothing is sent and nothing received', () => {
    const meeting = bridge()
    give(meeting, 'chi')
    order(meeting, 'remove', { personId: 'chi' })
    const removed = plan(meeting)
    expect(new Set(Object.values(removed.grants['tablet-chi'] ?? {}))).toEqual(new Set(['no']))
    expect(removed.receives).not.toContain('tablet-chi')
    expect(removed.onStage[0]).toMatchObject({ personId: 'chi', peerId: null })
  })

  test('puts a site on stage beside who has the floor, with its voice', () => {
    const meeting = bridge()
    give(meeting, 'chi')
    order(meeting, 'show', { siteId: 'site-1' })
    const shown = plan(meeting)
    expect(shown.onStage.map(({ peerId, because }) => [peerId, because])).toEqual([['tablet-chi', 'floor'], ['room-site-1', 'order']])
    expect(microphones(shown, 'yes')).toEqual(['room-main', 'room-site-1', 'tablet-chi'])
  })

  test('an overrun is muted only where the chair’s rule says so, at its second', () => {
    const meeting = bridge()
    const entryId = give(meeting, 'binh')
    const began = meeting.state.floorEntries[entryId]?.runningSince ?? 0
    const limit = began + 420_000
    const at = (now: number) => plan(meeting, peers, now).grants['room-site-1']?.microphone
    expect(at(limit + 3_600_000)).toBe('yes')
    expect(nextChangeAt(meeting.state, limit)).toBeNull()
    meeting.do('chair', 'stage:configure', { muteOverrunAfterSeconds: 30 })
    expect([at(limit + 29_999), at(limit + 30_000)]).toEqual(['yes', 'no'])
    expect(nextChangeAt(meeting.state, limit)).toBe(limit + 30_000)
    meeting.do('chair', 'floor:extend', { entryId, seconds: 60 })
    expect(at(limit + 30_000), 'more time opens it again').toBe('yes')
  })
})

describe('the same room', () => {
  test('a tablet beside an endpoint never sounds and is never heard, a tablet alone does both', () => {
    const meeting = bridge()
    for (const personId of ['an', 'binh', 'chi']) give(meeting, personId)
    const seen = plan(meeting)
    expect(seen.loudspeakers).toEqual(['room-main', 'room-site-1', 'tablet-chi'])
    expect(seen.receives).toHaveLength(peers.length)
  })

  test('a site that once had an endpoint in this meeting has one, also when the hub has forgotten the peer', () => {
    const meeting = bridge()
    meeting.do(null, 'sites:setLine', { siteId: 'site-1', line: 'up' })
    meeting.do(null, 'sites:setLine', { siteId: 'site-1', line: 'down' })
    give(meeting, 'binh')
    expect(plan(meeting, [room(null), tablet('binh')]).grants['tablet-binh']?.microphone).toBe('no')
  })
})

test('a confidential item is heard by those who may know of it, and in rooms where everybody may', () => {
  const { meeting, secret } = meetingInSession()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('chair', 'agenda:startItem', { itemId: secret })
  const here = [room(null), room('site-1'), tablet('an'), tablet('chi'), room('site-2')]
  // In the main room sit the chair, an and chi, who may not.
  expect(plan(meeting, here).receives).toEqual(['tablet-an'])
  meeting.do('chi', 'attendance:declare', { presence: 'absent' })
  expect(plan(meeting, here).receives).toEqual(['room-main', 'tablet-an'])
  expect(microphones(plan(meeting, here), 'yes')).toEqual(['room-main'])
})
