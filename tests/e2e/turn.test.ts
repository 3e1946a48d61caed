import { availableParallelism, loadavg } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iceServersFor } from '../../server/bridge/turn.ts'
import { launchBrowser } from '../support/browser.ts'
import { iceNames, mediaFlags, received, until, watchMedia } from '../support/e2e/media.ts'
import { Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { freePorts } from '../support/free-port.ts'
import { testPassword } from '../support/hub.ts'
import type { Hall, HallMeeting } from '../support/live/hall.ts'
import { haveCoturn, startCoturn, type Coturn } from '../support/media/coturn.ts'
import { throughRelay, WeakLine } from '../support/media/relay.ts'
import { MediaScreen, videoHall } from '../support/media/screen.ts'
import { presentWorker } from '../support/media/worker.ts'

const present = await presentWorker()
if (!haveCoturn && process.env['REQUIRE_MEDIA'] === '1') throw new Error('no coturn here: apt-get install coturn')

describe.skipIf('missing' in present || !haveCoturn)('PROOF R11: media is back within 4 s on another network, and on one that lets no UDP out, with Debian’s coturn reached over TCP', { timeout: 180_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  let coturn: Coturn
  let line: WeakLine
  let tablet: Page

  async function open(who: string, personId: string, device: Device, path: string, hub = hall.url): Promise<Page> {
    const screen = await Screen.open(browser, hub, device)
    screens.set(who, screen)
    await watchMedia(screen.page)
    if (hub === line.url) await screen.page.addInitScript(throughRelay)
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${meeting.meetingId}${path}`)
    return screen.page
  }
  /** How this page's media goes: `host`, or `relay` with the protocol towards the relay. */
  const ways = (page: Page): Promise<string[]> => page.evaluate(async () => {
    const found: string[] = []
    for (const connection of (window as unknown as { made: RTCPeerConnection[] }).made) {
      if (connection.connectionState === 'closed') continue
      const all = await connection.getStats()
      const selected = [...all.values()].find(({ type }) => type === 'transport')?.selectedCandidatePairId as string | undefined
      const local = selected === undefined ? undefined : all.get(all.get(selected)?.localCandidateId)
      // Behind two relays the way looks reflexive; by which protocol the first is reached stands there all the same.
      if (local) found.push(local.relayProtocol ? `relay ${local.relayProtocol}` : `${local.candidateType} ${local.protocol}`)
    }
    return found
  })
  const joins = async (page: Page) => {
    await page.getByRole('button', { name: 'Vào cầu truyền hình' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Vào cầu truyền hình' }).click()
  }
  /** Measured from the cut that was just made: a new picture and a new sound. */
  async function isBack(cut: string, how: string): Promise<void> {
    const began = performance.now()
    // What was on its way has come.
    await new Promise((resolve) => setTimeout(resolve, 400))
    let before = await received(tablet)
    // A connection that was made anew counts from the beginning.
    for (let [pictures, voice] = [false, false]; !pictures || !voice;) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      const now = await received(tablet)
      pictures ||= now.framesDecoded > before.framesDecoded
      voice ||= now.audioEnergy > before.audioEnergy
      before = now
      if (performance.now() - began > 60_000) throw new Error('nothing came back')
    }
    const back = Math.round(performance.now() - began)
    // Others may use this machine as well; but left to itself a browser takes longer than this on any machine.
    const allowed = Math.round(4_000 * Math.min(2, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())))
    console.log(`R11: ${cut} in the midst of a call: picture and voice back ${how} after ${back} ms (asked on a quiet machine: 4000 ms; allowed at this load: ${allowed} ms); the voice beeps once a second`)
    expect(back).toBeLessThanOrEqual(allowed)
  }
  /** Relays that a password gets, and the error that another one gets. */
  const relaysFor = (page: Page, server: RTCIceServer) => page.evaluate(async (iceServer) => {
    const connection = new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' })
    const found: string[] = []
    connection.onicecandidate = ({ candidate }) => { if (candidate?.type) found.push(candidate.type) }
    connection.onicecandidateerror = ({ errorCode }) => found.push(String(errorCode))
    const gathered = new Promise<void>((resolve) => { connection.onicegatheringstatechange = () => { if (connection.iceGatheringState === 'complete') resolve() } })
    connection.createDataChannel('x')
    await connection.setLocalDescription()
    await gathered
    connection.close()
    return found
  }, server)

  beforeAll(async () => {
    coturn = await startCoturn()
    const mediaPort = await freePorts(2)
    hall = await videoHall({ clientDir: await clientDir(), config: { mediaPort, turn: coturn } })
    meeting = await hall.draft()
    await meeting.do('secretary', 'meeting:publish', {})
    await meeting.do('chair', 'meeting:open', {})
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    await meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    line = await WeakLine.open({ hubUrl: hall.url, mediaPorts: [mediaPort, mediaPort + 1] })
    browser = await launchBrowser(mediaFlags)
    const technician = new MediaScreen(await hall.screen('technician', meeting.meetingId))
    const { codes } = await technician.do('media:codes', {})
    await open('room', 'technician', 'desk', `/room#code=${codes.find(({ siteId }) => siteId === 'site-1')?.code}`)
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
  })
  afterAll(async () => {
    await browser?.close()
    await line?.close()
    await hall?.close()
    await coturn?.stop()
  })
  tellInOrder(screens)

  test('a tablet that changes over to another network goes on by its new address', async () => {
    tablet = await open('tablet', 'an', 'tablet', '', line.url)
    await joins(tablet)
    await until(tablet, ({ audioEnergy, framesDecoded }) => audioEnergy > 0 && framesDecoded > 20)
    const [names, old] = [await iceNames(tablet), line.seenPorts]
    line.block((port) => old.has(port))
    await isBack('switched to another network', 'as it was')
    expect(await iceNames(tablet)).not.toEqual(names)
  })

  test('a tablet whose UDP no longer gets out goes on over the relay by TCP', async () => {
    line.block(() => false)
    await tablet.reload()
    await joins(tablet)
    await until(tablet, ({ audioEnergy, framesDecoded }) => audioEnergy > 0 && framesDecoded > 20)
    expect(await ways(tablet)).not.toContain('relay tcp')
    line.block((port) => port < coturn.relayPorts[0] || port > coturn.relayPorts[1])
    await isBack('UDP blocked', 'over TURN by TCP')
    expect(await ways(tablet)).toContain('relay tcp')
  })

  test('a tablet that never had UDP joins over the relay, and its own picture arrives', async () => {
    await tablet.reload()
    await joins(tablet)
    await until(tablet, ({ audioEnergy, framesDecoded }) => audioEnergy > 0 && framesDecoded > 20)
    expect(new Set(await ways(tablet))).toEqual(new Set(['relay tcp']))
    await until(screens.get('room')!.page, ({ framesDecoded }) => framesDecoded > 20)
  })

  test('the relay takes the hub’s password as long as it is valid, and no other', async () => {
    const serverAt = (now: number, secret = coturn.secret) => iceServersFor({ ...coturn, secret }, 'tablet-1', now)[0] as RTCIceServer
    expect(await relaysFor(tablet, serverAt(Date.now()))).toContain('relay')
    expect(await relaysFor(tablet, serverAt(Date.now() - 13 * 3_600_000))).not.toContain('relay')
    expect(await relaysFor(tablet, serverAt(Date.now(), 'khac'))).not.toContain('relay')
  })
})
