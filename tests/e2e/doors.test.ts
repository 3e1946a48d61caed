import { writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { mediaFlags, received, until, watchMedia } from '../support/e2e/media.ts'
import { eventually } from '../support/e2e/screens.ts'
import { gstMissing, startGst } from '../support/media/gst/program.ts'
import { startCamera } from '../support/media/room-camera.ts'
import { elsewhere, knock, standing, type Elsewhere } from '../support/media/door-page.ts'
import type { Hall, HallMeeting } from '../support/live/hall.ts'
import { MediaScreen, videoHall } from '../support/media/screen.ts'
import { presentWorker } from '../support/media/worker.ts'
import { readOffer } from '../../shared/media/sdp/offer.ts'

const present = await presentWorker()
const gst = gstMissing()

/** `OFFERS_TO=tests/support/media/offers`: keeps what was really offered, for the tests of reading it. */
async function keep(name: string, offer: unknown): Promise<void> {
  const folder = process.env['OFFERS_TO']
  if (folder) await writeFile(`${folder}/${name}.sdp`, String(offer))
}

describe.skipIf('missing' in present)('doors for equipment: pages of somebody else in real Chromium send by WHIP and look by WHEP', { timeout: 120_000 }, () => {
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  let other: Elsewhere
  let technician: MediaScreen
  const pages: Page[] = []

  const page = async () => {
    const opened = await browser.newPage()
    pages.push(opened)
    await watchMedia(opened)
    await opened.goto(other.url)
    return opened
  }
  const token = (siteId: string, door: 'whip' | 'whep') => technician.do('media:makeToken', { siteId, door, minutes: 60 })

  beforeAll(async () => {
    hall = await videoHall({ config: { cameraNetworks: ['127.0.0.1'] } })
    meeting = await hall.inSession()
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    await meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    technician = new MediaScreen(await meeting.screen('technician'))
    browser = await launchBrowser(mediaFlags)
    other = await elsewhere()
  })
  afterAll(async () => {
    await browser?.close()
    other?.close()
    await hall?.close()
  })

  let encoder: Page
  let player: Page
  let whip: Awaited<ReturnType<typeof knock>>
  let whipToken: Awaited<ReturnType<typeof token>>

  test('an encoder is let in by its token, and is muted until its site is given the floor', async () => {
    whipToken = await token('site-1', 'whip')
    encoder = await page()
    whip = await knock(encoder, hall.url + whipToken.path, whipToken.secret, { door: 'whip', simulcast: true })
    expect(whip, whip.answer).toMatchObject({ status: 201, code: null })
    expect(whip.location).toMatch(new RegExp(`^${whipToken.path}/[0-9a-f-]{36}$`))
    await eventually(() => standing(encoder)).toBe('connected')
    const whep = await token('site-2', 'whep')
    player = await page()
    const opened = await knock(player, hall.url + whep.path, whep.secret, { door: 'whep', voices: 2 })
    expect(opened, opened.answer).toMatchObject({ status: 201 })
    await eventually(() => standing(player)).toBe('connected')
    await keep('chromium-whip-simulcast', whip.offer)
    await keep('chromium-whep', opened.offer)
    expect(await received(player)).toMatchObject({ framesDecoded: 0, audioEnergy: 0 })
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
    const began = performance.now()
    await until(player, ({ framesDecoded, audioEnergy }) => framesDecoded > 20 && audioEnergy > 0)
    console.log(`the floor given, sound and twenty pictures of a WHIP encoder decoded by a WHEP player: ${Math.round(performance.now() - began)} ms`)
  })

  test('every layer that the encoder offers is taken, and nothing is answered that was not offered', () => {
    const offer = readOffer(whip.offer)
    expect(offer.medias.map(({ kind, layers }) => [kind, layers.map(({ rid }) => rid)])).toEqual([['audio', []], ['video', ['q', 'h', 'f']]])
    expect(whip.answer).toContain('a=simulcast:recv q;h;f')
    expect(whip.answer).toContain('a=ice-lite')
    const lines = (sdp: string, what: RegExp) => sdp.split('\r\n').filter((line) => what.test(line))
    for (const line of lines(whip.answer, /^a=(extmap|mid):/)) expect(lines(whip.offer, /^a=/).some((offered) => offered.replace(/\/\w+ /, ' ') === line), line).toBe(true)
  })

  test('the chair’s mute silences the encoder, and his word gives it back its voice, without a word to the encoder', async () => {
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: true })
    const silent = await quiet(player)
    expect(silent).toBe(true)
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: false })
    const { audioEnergy } = await received(player)
    await until(player, (now) => now.audioEnergy > audioEnergy)
    expect(await standing(encoder)).toBe('connected')
  })

  test('the stage goes to another site and back: the player’s one picture and voice follow, in the same places', async () => {
    const second = await token('site-2', 'whip')
    const far = await page()
    expect(await knock(far, hall.url + second.path, second.secret, { door: 'whip' })).toMatchObject({ status: 201 })
    const here = await token('site-1', 'whep')
    const watching = await page()
    expect(await knock(watching, hall.url + here.path, here.secret, { door: 'whep' })).toMatchObject({ status: 201 })
    // In the room of site-1 its own voice is not heard again; its picture is.
    await until(watching, ({ framesDecoded }) => framesDecoded > 10)
    expect(await received(watching)).toMatchObject({ audioEnergy: 0 })
    for (const speaker of ['chi', 'binh', 'chi']) {
      const before = await received(watching)
      await meeting.do('chair', 'floor:invite', { personId: speaker })
      await until(watching, (now) => now.framesDecoded > before.framesDecoded + 20 && (speaker === 'binh' || now.audioEnergy > before.audioEnergy))
    }
    const places = await watching.evaluate(async () => [...(await (window as unknown as { door: RTCPeerConnection }).door.getStats()).values()].filter(({ type }) => type === 'inbound-rtp').length)
    expect(places).toBe(2)
    await until(player, ({ framesDecoded }) => framesDecoded > 60)
    await far.close()
    await watching.close()
  })

  test('a network that changes is answered by an ICE restart through the same session', async () => {
    const answered = await encoder.evaluate(async ({ url, secret, etag }) => {
      const { door } = window as unknown as { door: RTCPeerConnection }
      const offer = await door.createOffer({ iceRestart: true })
      await door.setLocalDescription(offer)
      const part = (sdp: string) => ['ice-ufrag', 'ice-pwd', 'mid'].flatMap((name) => new RegExp(`a=${name}:.*`).exec(sdp)?.[0] ?? [])
      const send = (match: string) => fetch(url, { method: 'PATCH', headers: { 'content-type': 'application/trickle-ice-sdpfrag', authorization: `Bearer ${secret}`, 'if-match': match }, body: `${part(offer.sdp ?? '').join('\r\n')}\r\n` })
      const refused = (await send('"another"')).status
      const response = await send('*')
      const fragment = await response.text()
      const fresh = (name: string) => new RegExp(`a=${name}:(.*)`).exec(fragment)?.[1]?.trim() ?? ''
      const sdp = (door.remoteDescription?.sdp ?? '').replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${fresh('ice-ufrag')}`).replace(/a=ice-pwd:.*/g, `a=ice-pwd:${fresh('ice-pwd')}`)
      await door.setRemoteDescription({ type: 'answer', sdp })
      return { status: response.status, refused, changed: response.headers.get('etag') !== etag }
    }, { url: new URL(whip.location ?? '', hall.url).href, secret: whipToken.secret, etag: whip.etag })
    expect(answered).toEqual({ status: 200, refused: 412, changed: true })
    await eventually(() => standing(encoder)).toBe('connected')
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
    const { framesDecoded } = await received(player)
    await until(player, (now) => now.framesDecoded > framesDecoded + 20)
  })

  test('a token that is revoked ends what came in by it within a second', async () => {
    const { tokens } = await technician.do('media:doors', {})
    expect(tokens.find(({ tokenId }) => tokenId === whipToken.tokenId)).toMatchObject({ siteId: 'site-1', door: 'whip', session: { connected: true } })
    const began = performance.now()
    await technician.do('media:revokeToken', { tokenId: whipToken.tokenId })
    // Whoever looks on sees that it is gone; the encoder itself, of which the hub only takes no more notice, some seconds later.
    await eventually(async () => (await technician.do('media:doors', {})).tokens.some(({ tokenId }) => tokenId === whipToken.tokenId)).toBe(false)
    expect(performance.now() - began).toBeLessThan(1_000)
    const { framesDecoded } = await received(player)
    await eventually(() => standing(encoder)).not.toBe('connected')
    expect((await received(player)).framesDecoded - framesDecoded).toBeLessThan(6)
    expect(await knock(await page(), hall.url + whipToken.path, whipToken.secret, { door: 'whip' })).toMatchObject({ status: 401, code: 'media.tokenUnknown' })
  })

  test('an encoder and a player that know only H.264', async () => {
    const [send, look] = [await token('site-1', 'whip'), await token('site-2', 'whep')]
    const [from, to] = [await page(), await page()]
    expect(await knock(from, hall.url + send.path, send.secret, { door: 'whip', codec: 'video/H264' })).toMatchObject({ status: 201 })
    expect(await knock(to, hall.url + look.path, look.secret, { door: 'whep', codec: 'video/H264' })).toMatchObject({ status: 201 })
    await until(to, ({ framesDecoded, audioEnergy }) => framesDecoded > 20 && audioEnergy > 0)
    for (const { tokenId } of [send, look]) await technician.do('media:revokeToken', { tokenId })
    await from.close()
    await to.close()
  })

  test.skipIf(gst !== null).each(['vp8', 'h264'])('GStreamer’s webrtcbin sends %s by WHIP, and a page sees and hears it', async (codec) => {
    const [send, look] = [await token('site-1', 'whip'), await token('site-2', 'whep')]
    const encoding = startGst('whip.py', { url: hall.url + send.path, token: send.secret, codec })
    try {
      await keep(`gstreamer-whip-${codec}`, (await encoding.said('offer'))['offer'])
      expect(await encoding.said('status')).toMatchObject({ status: 201 })
      await encoding.said('state', (state) => state === 'connected')
      const to = await page()
      const mimeType = codec === 'vp8' ? 'video/VP8' : 'video/H264'
      expect(await knock(to, hall.url + look.path, look.secret, { door: 'whep', codec: mimeType })).toMatchObject({ status: 201 })
      await until(to, ({ framesDecoded, audioEnergy }) => framesDecoded > 20 && audioEnergy > 0)
      await to.close()
      await technician.do('media:revokeToken', { tokenId: look.tokenId })
    } finally {
      await encoding.stop()
    }
    expect(await encoding.said('ended')).toEqual({ ended: 204 })
  })

  test.skipIf(gst !== null)('a room camera that the hub fetches by RTSP: a page decodes its pictures, also after it was switched off and on', async () => {
    const camera = await startCamera()
    // The room's sound comes by an encoder, its picture from the camera.
    const [sound, encoderPage] = [await token('site-1', 'whip'), await page()]
    expect(await knock(encoderPage, hall.url + sound.path, sound.secret, { door: 'whip', soundOnly: true })).toMatchObject({ status: 201 })
    // The floor may still be with the one who is to have it now.
    for (const speaker of ['chi', 'binh']) await meeting.do('chair', 'floor:invite', { personId: speaker })
    const began = performance.now()
    const { cameraId } = await technician.do('media:startCamera', { siteId: 'site-1', address: camera.address })
    const [look, to] = [await token('site-2', 'whep'), await page()]
    await eventually(async () => (await technician.do('media:doors', {})).cameras[0]?.state).toBe('playing')
    expect(await knock(to, hall.url + look.path, look.secret, { door: 'whep', codec: 'video/H264' })).toMatchObject({ status: 201 })
    await until(to, ({ framesDecoded, widest }) => framesDecoded > 20 && widest === 640)
    console.log(`a room camera by RTSP, from its address to twenty pictures decoded: ${Math.round(performance.now() - began)} ms`)
    await camera.stop()
    await eventually(async () => (await technician.do('media:doors', {})).cameras[0]?.state).not.toBe('playing')
    const { framesDecoded } = await received(to)
    const again = await startCamera('h264', camera.port)
    await until(to, (now) => now.framesDecoded > framesDecoded + 20)
    await technician.do('media:stopCamera', { cameraId })
    await encoderPage.close()
    await to.close()
    await again.stop()
  })
})

/** Whether no voice comes for two seconds of pictures. */
async function quiet(page: Page): Promise<boolean> {
  const frames = (await received(page)).framesDecoded
  // What was on its way is heard out.
  await until(page, ({ framesDecoded }) => framesDecoded > frames + 6)
  const { audioEnergy, framesDecoded } = await received(page)
  await until(page, (now) => now.framesDecoded > framesDecoded + 24)
  return (await received(page)).audioEnergy - audioEnergy < 0.0005
}
