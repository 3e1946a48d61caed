import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dataOf, type Hall, type HallMeeting } from '../../support/live/hall.ts'
import { sessionFor } from '../../support/live/session.ts'
import { LiveClient } from '../../support/live/client.ts'
import { capabilities } from '../../support/media/bridge.ts'
import { MediaScreen, parametersFor, videoHall, workerPids } from '../../support/media/screen.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()

let hall: Hall
let meeting: HallMeeting
let codes: Map<string | null, string>

describe.skipIf('missing' in present)('the media room over the meeting’s socket (real worker, screens by the bare protocol; skipped where there is no worker)', () => {
  beforeAll(async () => { hall = await videoHall() })
  afterAll(() => hall.close())
  beforeEach(async () => {
    meeting = await hall.inSession()
    await meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId: 'site-1' })
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    await meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    const answer = await (await screen('technician')).do('media:codes', {})
    codes = new Map(answer.codes.map(({ siteId, code }) => [siteId, code]))
  })

  const screen = async (personId: string) => new MediaScreen(await meeting.screen(personId))
  const room = async (siteId: string | null, personId: string) => {
    const at = await screen(personId)
    await at.join({ room: { code: codes.get(siteId) ?? '' } })
    return at
  }

  test('giving the floor opens the microphone of the speaker’s room and brings it to all others, who had it connected before; the end takes it back', async () => {
    const [main, site, tablet] = [await room(null, 'technician'), await room('site-1', 'dung'), await screen('chi')]
    await tablet.join()
    expect(site.joined).toMatchObject({ peerId: 'room-site-1', stage: { loudspeaker: true, grants: { microphone: 'no', camera: 'yes' }, onStage: [{ personId: 'chair', peerId: 'room-main', because: 'chair' }] } })
    expect(site.joined?.send.iceCandidates.map(({ address, protocol }) => `${protocol} ${address}`)).toEqual(['udp 127.0.0.1', 'tcp 127.0.0.1'])
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    const { entryId } = dataOf(await meeting.do('binh', 'floor:request', { kind: 'speech' }), 'floor.requested')
    await site.next('media:stage', ({ standby, grants }) => standby && grants.microphone === 'muted')
    const producerId = await site.produce('microphone')
    for (const listener of [main, tablet]) {
      const consumer = await listener.next('media:consumer', (one) => one.producerId === producerId)
      expect(consumer).toMatchObject({ peerId: 'room-site-1', source: 'microphone', paused: true })
      await listener.do('media:resumeConsumer', { consumerId: consumer.consumerId })
    }
    await meeting.do('chair', 'floor:give', { entryId, reason: 'Theo điều hành' })
    await tablet.next('media:stage', ({ onStage }) => onStage[0]?.peerId === 'room-site-1' && onStage[0].because === 'floor')
    await site.next('media:stage', ({ grants }) => grants.microphone === 'yes')
    await meeting.do('chair', 'floor:end', { entryId })
    expect(await site.next('media:producerClosed')).toEqual({ producerId })
    for (const listener of [main, tablet]) await listener.next('media:consumerClosed')
    expect(await site.ask('media:produce', { transportId: site.joined?.send.transportId ?? '', source: 'microphone', rtpParameters: parametersFor('microphone') })).toMatchObject({ ok: false, code: 'media.notGranted' })
  })

  test('pictures go to those who have them on the screen; a technician’s mute is on record; his word reaches that site’s technician alone', async () => {
    const [main, site] = [await room(null, 'technician'), await room('site-1', 'dung')]
    const camera = await site.produce('camera')
    await main.next('media:stage', ({ peers }) => peers.some(({ peerId, siteId, sources }) => peerId === 'room-site-1' && siteId === 'site-1' && sources.includes('camera')))
    await main.do('media:consume', { tiles: [{ peerId: 'room-site-1', source: 'camera', width: 640, height: 360 }], own: false, saveData: false })
    const { consumerId } = await main.next('media:consumer', ({ producerId }) => producerId === camera)
    await main.do('media:preferLayers', { consumerId, layers: { spatial: 0, temporal: 0 } })
    await main.do('media:watch', { on: true })
    expect((await main.next('media:report', ({ lines }) => lines.length === 2)).lines.find(({ peerId }) => peerId === 'room-site-1')).toMatchObject({ siteId: 'site-1', personId: null, sources: ['camera'] })
    await site.do('media:watch', { on: true })
    expect((await site.next('media:report')).lines.map(({ peerId }) => peerId)).toEqual(['room-site-1'])
    await main.do('media:act', { peerId: 'room-site-1', act: 'changeCamera' })
    expect(await site.next('media:act')).toEqual({ act: 'changeCamera', by: 'technician' })
    await main.do('media:tellTechnician', { siteId: 'site-1', text: 'Xoay máy quay sang trái.' })
    expect(await site.next('media:technicianMessage')).toMatchObject({ text: 'Xoay máy quay sang trái.', by: 'technician' })
    await main.do('media:act', { peerId: 'room-site-1', act: 'mute' })
    expect((await meeting.log()).filter(({ type }) => type === 'stage.ordered')).toMatchObject([{ by: 'technician', data: { kind: 'mute', place: { siteId: 'site-1' }, on: true } }])
    expect(await site.ask('media:act', { peerId: 'room-main', act: 'mute' })).toMatchObject({ ok: false, code: 'sites.notYours' })
    await site.do('media:closeProducer', { producerId: camera })
    expect(await main.next('media:consumerClosed')).toEqual({ consumerId })
  })

  test('a room’s code: of this meeting’s sites, for technicians; wrong ones are counted', async () => {
    expect([...codes.keys()]).toEqual([null, 'site-1', 'site-2'])
    expect(new Set(codes.values()).size).toBe(3)
    const [an, dung] = [await screen('an'), await screen('dung')]
    expect(await an.ask('media:codes', {})).toMatchObject({ ok: false, code: 'permission.denied' })
    expect(await dung.do('media:codes', {})).toMatchObject({ codes: [{ siteId: 'site-1', code: codes.get('site-1') }] })
    const wrong = ['00000001', '00000002', '00000003', '00000004', '00000005', '00000006'].filter((code) => ![...codes.values()].includes(code)).slice(0, 5)
    for (const code of wrong) expect(await an.ask('media:join', { rtpCapabilities: capabilities, room: { code } })).toMatchObject({ ok: false, code: 'media.codeWrong' })
    expect(await an.ask('media:join', { rtpCapabilities: capabilities, room: { code: codes.get(null) ?? '' } })).toMatchObject({ ok: false, code: 'media.codeWait' })
  })

  test('a page that comes back takes its place over before the hub has noticed that it was gone; another’s machine does not', async () => {
    const site = await room('site-1', 'dung')
    await site.produce('camera')
    const again = await room('site-1', 'dung')
    expect(again.peerId).toBe('room-site-1')
    expect(await site.ask('media:consume', { tiles: [], own: false, saveData: false })).toMatchObject({ ok: false, code: 'media.unknown' })
    await again.produce('camera')
    const { cookie } = await sessionFor(hall.test, 'dung')
    const other = new MediaScreen(hall.keep(await LiveClient.open(hall, cookie, meeting.meetingId)))
    expect(await other.ask('media:join', { rtpCapabilities: capabilities, room: { code: codes.get('site-1') ?? '' } })).toMatchObject({ ok: false, code: 'media.roomTaken' })
    again.screen.close()
    await again.screen.closed
    await other.join({ room: { code: codes.get('site-1') ?? '' } })
  })

  test('in the trial room everybody sends and hears, and sees his own picture come back', async () => {
    const [an, chi] = [await screen('an'), await screen('chi')]
    for (const one of [an, chi]) await one.join({ trial: true })
    const [voice, camera] = [await an.produce('microphone'), await an.produce('camera')]
    expect(await chi.next('media:consumer')).toMatchObject({ producerId: voice, peerId: an.peerId })
    await an.do('media:consume', { tiles: [], own: true, saveData: false })
    expect(await an.next('media:consumer')).toMatchObject({ producerId: camera, peerId: an.peerId, source: 'camera' })
  })

  test('what is not one’s own, not granted or not fitting is refused with a code and a sentence', async () => {
    const [main, site, tablet, beside] = [await room(null, 'technician'), await room('site-1', 'dung'), await screen('chi'), await screen('binh')]
    await tablet.join()
    await beside.join()
    const camera = await site.produce('camera')
    const other = await hall.inSession()
    const stranger = new MediaScreen(await other.screen('an'))
    const strangers = await stranger.join()
    const send = tablet.joined?.send.transportId ?? ''
    const fingerprints = [{ algorithm: 'sha-256' as const, value: Array(32).fill('AB').join(':') }]
    const produce = (at: MediaScreen, source: 'microphone' | 'camera', transportId = at.joined?.send.transportId ?? '') => at.ask('media:produce', { transportId, source, rtpParameters: parametersFor(source) })
    const told = await Promise.all([
      produce(tablet, 'microphone'), produce(beside, 'camera'), produce(site, 'camera'), produce(tablet, 'camera', strangers.send.transportId), produce(tablet, 'camera', tablet.joined?.receive.transportId),
      stranger.ask('media:closeProducer', { producerId: camera }), main.ask('media:pauseProducer', { producerId: camera, paused: true }),
      stranger.ask('media:connectTransport', { transportId: send, dtlsParameters: { fingerprints } }), stranger.ask('media:restartIce', { transportId: send }),
      main.ask('media:resumeConsumer', { consumerId: randomUUID() }), tablet.ask('media:act', { peerId: 'room-site-1', act: 'mute' }), tablet.ask('media:watch', { on: true }), main.ask('media:act', { peerId: strangers.peerId, act: 'audioOnly' }),
      (await screen('an')).ask('media:leave', {}), (await screen('an')).ask('media:consume', { tiles: [], own: false, saveData: false }),
    ])
    expect(told.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual([
      'media.notGranted', 'media.besideEndpoint', 'media.sourceTaken', 'media.unknown', 'media.unknown', 'media.unknown', 'media.unknown', 'media.unknown', 'media.unknown', 'media.unknown',
      'permission.denied', 'permission.denied', 'media.unknown', 'ok', 'media.unknown',
    ])
    for (const answer of told) if (!answer.ok) expect(answer.sentence).toMatch(/\S.*\.$/)
  })

  const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }
  const bad: [string, string, (id: string) => unknown][] = [
    ['capabilities that are none', 'media:join', () => ({ rtpCapabilities: 'all' })],
    ['a code with letters', 'media:join', () => ({ rtpCapabilities: capabilities, room: { code: '1234567a' } })],
    ['a __proto__ key', 'media:join', () => JSON.parse(`{"rtpCapabilities":${JSON.stringify(capabilities)},"__proto__":{"trial":true}}`)],
    ['a fingerprint that is too short (mediasoup#537)', 'media:connectTransport', (transportId) => ({ transportId, dtlsParameters: { fingerprints: [{ ...fingerprint, value: 'AB:CD' }] } })],
    ['no fingerprints', 'media:connectTransport', (transportId) => ({ transportId, dtlsParameters: { fingerprints: [] } })],
    ['a role that is none', 'media:connectTransport', (transportId) => ({ transportId, dtlsParameters: { role: 'both', fingerprints: [fingerprint] } })],
    ['a payload type of 300', 'media:produce', (transportId) => ({ transportId, source: 'camera', rtpParameters: { ...parametersFor('camera'), codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 300 }] } })],
    ['a thousand layers', 'media:produce', (transportId) => ({ transportId, source: 'camera', rtpParameters: { ...parametersFor('camera'), encodings: Array.from({ length: 1_000 }, (_none, ssrc) => ({ ssrc: ssrc + 1 })) } })],
    ['a codec that the room does not carry', 'media:produce', (transportId) => ({ transportId, source: 'camera', rtpParameters: { ...parametersFor('camera'), codecs: [{ mimeType: 'video/NONE', clockRate: 90_000, payloadType: 96 }] } })],
    ['a voice as a picture', 'media:produce', (transportId) => ({ transportId, source: 'camera', rtpParameters: parametersFor('microphone') })],
    ['two layers of one name', 'media:produce', (transportId) => ({ transportId, source: 'camera', rtpParameters: { ...parametersFor('camera'), encodings: [{ rid: 'r0' }, { rid: 'r0' }] } })],
    ['a source that is none', 'media:produce', (transportId) => ({ transportId, source: 'phone', rtpParameters: parametersFor('camera') })],
    ['a tile of minus one pixel', 'media:consume', () => ({ tiles: [{ peerId: 'room-main', source: 'camera', width: -1, height: 1 }], own: false, saveData: false })],
    ['a hundred tiles', 'media:consume', () => ({ tiles: Array.from({ length: 100 }, () => ({ peerId: 'room-main', source: 'camera', width: 1, height: 1 })), own: false, saveData: false })],
    ['nothing', 'media:consume', () => null],
    ['an event that there is not', 'media:everything', () => ({})],
  ]
  test('bad parameters are refused as malformed, the worker unharmed', async () => {
    const site = await room('site-1', 'dung')
    const before = workerPids()
    for (const [name, event, data] of bad) {
      const answer = await site.screen.ask(event, data(site.joined?.send.transportId ?? ''))
      expect([name, answer]).toMatchObject([name, { ok: false, code: 'request.malformed' }])
    }
    await site.produce('camera')
    expect(workerPids()).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })

  test('who loses his session, or is taken out of the meeting, sends no more within a second', async () => {
    const site = await room('site-1', 'dung')
    const { cookie, sessionId } = await sessionFor(hall.test, 'an')
    const an = new MediaScreen(hall.keep(await LiveClient.open(hall, cookie, meeting.meetingId)))
    const chi = await screen('chi')
    const ends = [[an, () => hall.test.hub.directory.sessions.end(sessionId)], [chi, () => meeting.do('secretary', 'participants:remove', { personId: 'chi' })]] as const
    for (const [tablet, end] of ends) {
      await tablet.join()
      await tablet.produce('camera')
      await site.next('media:stage', ({ peers }) => peers.some(({ peerId }) => peerId === tablet.peerId))
      const began = performance.now()
      await end()
      await site.next('media:stage', ({ peers }) => !peers.some(({ peerId }) => peerId === tablet.peerId))
      expect(performance.now() - began).toBeLessThan(1_000)
    }
  })

  test('before the meeting is published and after its end there is no media room; its end takes everybody out', async () => {
    const draft = await hall.draft()
    const early = new MediaScreen(await draft.screen('chair'))
    expect(await early.ask('media:join', { rtpCapabilities: capabilities })).toMatchObject({ ok: false, code: 'media.notHeld' })
    const site = await room('site-1', 'dung')
    await meeting.do('chair', 'meeting:end', {})
    await site.next('media:lost')
    expect(await site.ask('media:join', { rtpCapabilities: capabilities, room: { code: codes.get('site-1') ?? '' } })).toMatchObject({ ok: false, code: 'media.notHeld' })
    const wall = await meeting.screen('chair', { projector: true })
    expect(await wall.ask('media:capabilities', {})).toMatchObject({ ok: false, code: 'permission.denied' })
  })

  test('the workers are killed: everybody is told, is connected again within three seconds, and a vote cast meanwhile is acked within one', async () => {
    const [main, site] = [await room(null, 'technician'), await room('site-1', 'dung')]
    const producerId = await site.produce('camera')
    await main.do('media:consume', { tiles: [{ peerId: 'room-site-1', source: 'camera', width: 640, height: 360 }], own: false, saveData: false })
    await main.next('media:consumer', (one) => one.producerId === producerId)
    const voteId = await meeting.openVote()
    const an = await meeting.screen('an')
    const before = await meeting.head()
    const died = performance.now()
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
    expect(await an.send('votes:cast', { voteId, choice: 'approve' })).toMatchObject({ ok: true })
    expect(performance.now() - died).toBeLessThan(1_000)
    await Promise.all([main.next('media:lost'), site.next('media:lost')])
    await site.join({ room: { code: codes.get('site-1') ?? '' } })
    const renewed = await site.produce('camera')
    await main.join({ room: { code: codes.get(null) ?? '' } })
    await main.do('media:consume', { tiles: [{ peerId: 'room-site-1', source: 'camera', width: 640, height: 360 }], own: false, saveData: false })
    await main.next('media:consumer', (one) => one.producerId === renewed)
    expect(performance.now() - died).toBeLessThan(3_000)
    expect((await meeting.log(before?.lastSeq)).map(({ type }) => type)).toEqual(['vote.cast'])
  })
})
