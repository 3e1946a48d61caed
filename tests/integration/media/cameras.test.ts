import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DoorCamera } from '../../../shared/contracts/media.ts'
import { Refused } from '../../../shared/contracts/refusal.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { grants, openBridge } from '../../support/media/bridge.ts'
import { gstMissing } from '../../support/media/gst/program.ts'
import { cameraPassword, ffmpegs, startCamera, type RoomCamera } from '../../support/media/room-camera.ts'
import { openRtpEnd } from '../../support/media/rtp.ts'
import { MediaScreen, videoHall } from '../../support/media/screen.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
const missing = 'missing' in present || gstMissing() !== null
const h264 = { codecs: [{ kind: 'video' as const, mimeType: 'video/H264', clockRate: 90_000, preferredPayloadType: 96, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } }], headerExtensions: [] }
const patient = { timeout: 25_000, interval: 100 }

describe.skipIf(missing)('a room camera in a media room (real worker, GStreamer’s RTSP server)', { timeout: 60_000 }, () => {
  test.each([['h264', false], ['jpeg', true]] as const)('its %s comes as H.264 to whoever looks on; over the line to a media process: %s', async (codec, wire) => {
    const camera = await startCamera(codec)
    const bridge = await openBridge({ program: (present as { program: string }).program, wire })
    try {
      const { room } = bridge
      room.follow({ stage: [], receives: ['look'], loudspeakers: [], grants: { 'room-a': grants({ camera: 'yes' }) } })
      const { transportId, rtpParameters } = await room.openCamera('door-1', camera.address, null, 'room-a')
      const producerId = await room.produce('door-1', transportId, 'camera', rtpParameters)
      const ears = await openRtpEnd()
      await room.joinPlain('look', h264, ears.port)
      const kinds = new Set<number>()
      let packets = 0
      ears.each(({ payload }) => {
        packets += 1
        kinds.add((payload[0] ?? 0) & 0x1f)
      })
      await room.consume('look', { tiles: [{ peerId: 'room-a', source: 'camera', width: 640, height: 360 }], own: false, saveData: false })
      const { consumerId } = await bridge.next('look', 'media:consumer')
      await room.resumeConsumer('look', consumerId)
      await expect.poll(() => packets, patient).toBeGreaterThan(40)
      // Parameter sets come with a key frame, alone or aggregated (RFC 6184).
      await expect.poll(() => [7, 24].some((kind) => kinds.has(kind)), patient).toBe(true)
      expect(room.sending('room-a')).toMatchObject([{ producerId, source: 'camera', mimeType: 'video/H264' }])
      room.leave('door-1')
      await expect.poll(() => ffmpegs().length, patient).toBe(0)
      ears.close()
    } finally {
      await bridge.close()
      await camera.stop()
    }
  })

  test('without ffmpeg it is refused with the name of the package', async () => {
    const bridge = await openBridge({ program: (present as { program: string }).program, programs: { ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' } })
    const refused = await bridge.room.openCamera('door-1', 'rtsp://127.0.0.1/live', null, 'room-a').catch((error: Refused) => error.refusal.code)
    expect(refused).toBe('media.cameraNoProgram')
    await bridge.close()
  })
})

describe.skipIf(missing)('room cameras of a meeting (real worker, GStreamer’s RTSP server)', { timeout: 60_000 }, () => {
  let hall: Hall
  let camera: RoomCamera
  let meeting: HallMeeting
  let technician: MediaScreen
  const logged: string[] = []

  beforeAll(async () => {
    hall = await videoHall({ config: { cameraNetworks: ['127.0.0.1'] }, log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }) })
    camera = await startCamera()
  })
  afterAll(async () => {
    await hall?.close()
    await camera?.stop()
  })
  beforeEach(async () => {
    meeting = await hall.inSession()
    await meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId: 'site-1' })
    technician = new MediaScreen(await meeting.screen('technician'))
  })
  afterEach(async () => {
    if ((await meeting.log()).every(({ type }) => type !== 'meeting.ended')) await meeting.do('chair', 'meeting:end', {})
    await expect.poll(() => ffmpegs().length, patient).toBe(0)
  })

  const start = (address = camera.address, siteId = 'site-1', screen = technician) => screen.do('media:startCamera', { siteId, address })
  const cameras = async (screen = technician) => (await screen.do('media:doors', {})).cameras
  const state = async (cameraId: string): Promise<DoorCamera['state'] | undefined> => (await cameras()).find((one) => one.cameraId === cameraId)?.state

  test('it plays, stands in the gallery as its site’s camera, and ends when it is stopped; its password is told nowhere', async () => {
    const an = new MediaScreen(await meeting.screen('an'))
    await an.join()
    const { cameraId } = await start()
    const seen: string[] = []
    await expect.poll(async () => {
      seen.push(...ffmpegs().map((one) => one.seen))
      return state(cameraId)
    }, patient).toBe('playing')
    seen.push(...ffmpegs().map((one) => one.seen))
    expect(seen.some((text) => text.includes('ffprobe')) && seen.some((text) => text.includes('ffmpeg'))).toBe(true)
    expect(await cameras()).toEqual([{ cameraId, siteId: 'site-1', address: `127.0.0.1:${camera.port}/live`, startedBy: 'technician', since: expect.any(Number), state: 'playing', reason: null, kbps: expect.any(Number) }])
    const { peers } = await an.next('media:stage', (stage) => stage.peers.some(({ siteId }) => siteId === 'site-1'))
    expect(peers.find(({ siteId }) => siteId === 'site-1')).toEqual({ peerId: 'room-site-1', siteId: 'site-1', personId: null, sources: ['camera'] })
    for (const text of [...seen, ...logged, JSON.stringify(technician.told), JSON.stringify(await meeting.log())]) {
      for (const secret of [cameraPassword, encodeURIComponent(cameraPassword), 'phonghop:']) expect(text).not.toContain(secret)
    }
    await technician.do('media:stopCamera', { cameraId })
    expect(await cameras()).toEqual([])
    await expect.poll(() => ffmpegs().length, patient).toBe(0)
    expect(await technician.ask('media:stopCamera', { cameraId })).toMatchObject({ ok: false, code: 'media.cameraUnknown' })
  })

  test('a camera that is switched off and on again comes back by itself', async () => {
    const other = await startCamera()
    const { cameraId } = await start(other.address)
    await expect.poll(() => state(cameraId), patient).toBe('playing')
    await other.stop()
    await expect.poll(async () => (await cameras())[0], patient).toMatchObject({ state: 'failed', reason: { code: 'media.cameraUnreachable' } })
    const again = await startCamera('h264', other.port)
    await expect.poll(() => state(cameraId), patient).toBe('playing')
    expect((await cameras())[0]?.reason).toBeNull()
    await meeting.do('chair', 'meeting:end', {})
    await expect.poll(() => ffmpegs().length, patient).toBe(0)
    await again.stop()
  })

  test('why there is no picture is told: wrong password, wrong path, nobody there', async () => {
    const reasonOf = async (address: string) => {
      const { cameraId } = await start(address)
      await expect.poll(() => state(cameraId), patient).toBe('failed')
      const found = (await cameras()).find((one) => one.cameraId === cameraId)
      await technician.do('media:stopCamera', { cameraId })
      return found?.reason?.code
    }
    expect(await reasonOf(`rtsp://phonghop:sai@127.0.0.1:${camera.port}/live`)).toBe('media.cameraLogin')
    expect(await reasonOf(camera.address.replace('/live', '/nothing'))).toBe('media.cameraNotFound')
    expect(await reasonOf('rtsp://127.0.0.1:9/live')).toBe('media.cameraUnreachable')
    expect(logged.join('')).not.toContain(':sai@')
  })

  test('only who may report on the site, only from permitted networks, only so many', async () => {
    const [dung, an] = [new MediaScreen(await meeting.screen('dung')), new MediaScreen(await meeting.screen('an'))]
    const asked = (screen: MediaScreen, siteId: string, address = camera.address) => screen.ask('media:startCamera', { siteId, address }).then((answer) => (answer.ok ? 'ok' : answer.code))
    expect(await asked(an, 'site-1')).toBe('permission.denied')
    expect(await asked(dung, 'site-2')).toBe('sites.notYours')
    expect(await asked(technician, 'elsewhere')).toBe('media.siteUnknown')
    expect(await asked(technician, 'site-1', 'http://127.0.0.1/')).toBe('media.cameraAddress')
    expect(await asked(technician, 'site-1', 'rtsp://10.0.0.7/live')).toBe('media.cameraNetwork')
    expect(await asked(technician, 'site-1', 'rtsp://[::1]/live')).toBe('media.cameraNetwork')
    expect(await cameras()).toEqual([])
    const { cameraId } = await start(camera.address, 'site-2')
    expect(await dung.ask('media:stopCamera', { cameraId })).toMatchObject({ ok: false, code: 'sites.notYours' })
    expect(await cameras(dung)).toEqual([])
    expect([await asked(dung, 'site-1'), await asked(dung, 'site-1'), await asked(dung, 'site-1')]).toEqual(['ok', 'ok', 'media.camerasTooMany'])
    const written = (await hall.test.hub.audit.page(50)).entries.filter(({ type, data }) => type === 'door.cameraStarted' && data['meetingId'] === meeting.meetingId)
    expect(written.map(({ by, data }) => [by, data['about']]).reverse(), 'what was refused is not written down as started').toEqual([['technician', 'site-2'], ['dung', 'site-1'], ['dung', 'site-1']])
    for (let time = 0; time < 20; time += 1) await asked(dung, 'site-1', 'rtsp://10.0.0.7/live')
    expect(await asked(dung, 'site-1', 'rtsp://10.0.0.7/live')).toBe('request.tooMany')
  })
})
