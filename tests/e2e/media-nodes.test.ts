import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { mediaFlags, received, until, watchMedia } from '../support/e2e/media.ts'
import { eventually, Screen } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import { dataOf, Hall, type HallMeeting } from '../support/live/hall.ts'
import { startNode, type NodeProcess } from '../support/media/node.ts'
import { MediaScreen } from '../support/media/screen.ts'
import { secret } from '../support/media/wire.ts'
import { presentWorker } from '../support/media/worker.ts'

const present = await presentWorker()

describe.skipIf('missing' in present)('two sites, each at a media process of its own, with real cameras of Chromium', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let nodes: NodeProcess[] = []
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  const page = (site: string): Page => {
    const screen = screens.get(site)
    if (!screen) throw new Error(`no screen ${site}`)
    return screen.page
  }
  const picture = (at: string, of: string) => page(at).locator(`figure[data-peer="room-${of}"] video`).first()
  const isSeen = (at: string, of: string) => eventually(() => picture(at, of).evaluate((video: HTMLVideoElement) => video.videoWidth).catch(() => 0)).toBeGreaterThan(0)

  beforeAll(async () => {
    nodes = await Promise.all(['tinh', 'huyen'].map(() => startNode({ supervised: true })))
    const mediaNodes = { nodes: ['tinh', 'huyen'].map((name, at) => ({ name, host: '127.0.0.1', port: nodes[at]?.port ?? 0 })), nearest: { 'site-1': 'tinh', 'site-2': 'huyen' } }
    hall = await Hall.open({ clientDir: await clientDir(), config: { media: 'auto', mediaSecret: secret, mediaNodes } })
    expect(await hall.test.hub.media.obtain()).toMatchObject({ state: 'ready' })
    meeting = await hall.inSession()
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    const { codes } = await new MediaScreen(await meeting.screen('technician')).do('media:codes', {})
    browser = await launchBrowser(mediaFlags)
    for (const [site, personId] of [['site-1', 'technician'], ['site-2', 'secretary']] as const) {
      const screen = await Screen.open(browser, hall.url, 'desk')
      screens.set(site, screen)
      await watchMedia(screen.page)
      await screen.enterAs(personId, testPassword)
      await screen.page.goto(`/meetings/${meeting.meetingId}/room#code=${codes.find(({ siteId }) => siteId === site)?.code ?? ''}`)
    }
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
    await Promise.all(nodes.map((node) => node.stop()))
  })
  tellInOrder(screens)

  test('each sees the other, whose picture comes over from the other process', async () => {
    await Promise.all([isSeen('site-1', 'site-2'), isSeen('site-2', 'site-1')])
    for (const site of ['site-1', 'site-2']) await until(page(site), ({ framesDecoded }) => framesDecoded > 30)
  })

  test('the speaker is heard at the far site, and his picture there grows to the layer that its place asks for', async () => {
    const small = (await received(page('site-2'))).widest
    const { entryId } = dataOf(await meeting.do('binh', 'floor:request', { kind: 'speech' }), 'floor.requested')
    await page('site-1').getByText('Sắp đến lượt, micrô đã sẵn sàng').waitFor()
    const began = performance.now()
    await meeting.do('chair', 'floor:give', { entryId })
    await until(page('site-2'), ({ audioEnergy }) => audioEnergy > 0)
    console.log(`“floor given” to sound heard at a site of another process: ${Math.round(performance.now() - began)} ms, the microphone’s beeps come once a second`)
    await until(page('site-2'), ({ widest }) => widest >= 640)
    console.log(`the speaker's picture: ${small} wide before, ${(await received(page('site-2'))).widest} on stage`)
  })

  /** Pictures that come in, by the names of their streams, and how many frames of each were decoded. */
  const streams = (at: string) => page(at).evaluate(async () => {
    const found: [number, number][] = []
    for (const connection of (window as unknown as { made: RTCPeerConnection[] }).made) {
      if (connection.connectionState !== 'connected') continue
      for (const one of (await connection.getStats()).values()) if (one.type === 'inbound-rtp' && one.kind === 'video') found.push([one.ssrc, one.framesDecoded])
    }
    return found
  })

  test('the process of one site is killed: picture back on both within three seconds, nobody has touched anything', async () => {
    const facts = (await meeting.log()).length
    const before = new Map(await Promise.all(['site-1', 'site-2'].map(async (site) => [site, new Set((await streams(site)).map(([ssrc]) => ssrc))] as const)))
    const died = performance.now()
    await nodes[0]?.kill()
    await Promise.all(['site-1', 'site-2'].map((site) => eventually(async () => (await streams(site)).some(([ssrc, frames]) => frames > 0 && !before.get(site)?.has(ssrc))).toBe(true)))
    const back = performance.now() - died
    console.log(`picture back at both sites after the process of one was killed: ${Math.round(back)} ms`)
    expect(back).toBeLessThan(3_000)
    await Promise.all([isSeen('site-1', 'site-2'), isSeen('site-2', 'site-1')])
    // What is measured of a line may be on record, nothing else.
    expect((await meeting.log()).slice(facts).filter(({ type }) => !type.startsWith('site.'))).toEqual([])
    for (const [who, { complaints }] of screens) expect(complaints.filter((one) => one.startsWith('uncaught')), who).toEqual([])
  })
})
