import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { mediaFlags, until, watchMedia } from '../../support/e2e/media.ts'
import { Screen } from '../../support/e2e/screens.ts'
import { clientDir } from '../../support/e2e/story.ts'
import { freePorts } from '../../support/free-port.ts'
import { testPassword } from '../../support/hub.ts'
import type { Hall, HallMeeting } from '../../support/live/hall.ts'
import { listen } from '../../support/media/hearing.ts'
import { throughRelay, WeakLine } from '../../support/media/relay.ts'
import { MediaScreen, videoHall } from '../../support/media/screen.ts'
import { voiceFile } from '../../support/media/voice.ts'
import type { LadderMessage } from '../../../shared/contracts/media.ts'
import type { Rung } from '../../../shared/media/ladder.ts'

const patience = 120_000

/** A browser whose microphones hear one that never pauses. */
export async function speakingBrowser(): Promise<{ browser: Browser; close(): Promise<void> }> {
  const voice = await voiceFile()
  const browser = await launchBrowser([...mediaFlags, `--use-file-for-fake-audio-capture=${voice.path}`])
  return { browser, close: () => browser.close().then(voice.remove) }
}

/** A room that speaks without a pause and a site that listens, both real Chromium; between the site and the hub a line that can be made poor. */
export class WeakScene {
  readonly line: WeakLine
  readonly meeting: HallMeeting
  readonly site: Page
  /** By the hub's clock. */
  readonly rungs: { at: number; rung: Rung }[] = []
  /** What came over the page's own connection. */
  readonly frames: { at: number; text: string }[] = []
  readonly #ends: (() => Promise<void>)[]

  private constructor(line: WeakLine, meeting: HallMeeting, site: Page, ends: (() => Promise<void>)[]) {
    this.line = line
    this.meeting = meeting
    this.site = site
    this.#ends = ends
    site.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.#take(payload.toString())))
  }

  /** `browser`: one that speaks. */
  static async open(browser: Browser): Promise<WeakScene> {
    const mediaPort = await freePorts(2)
    const hall: Hall = await videoHall({ clientDir: await clientDir(), config: { mediaPort } })
    const line = await WeakLine.open({ hubUrl: hall.url, mediaPorts: [mediaPort, mediaPort + 1] })
    const meeting = await hall.draft()
    await meeting.do('secretary', 'meeting:publish', {})
    await meeting.do('chair', 'meeting:open', {})
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    const { codes } = await new MediaScreen(await hall.screen('technician', meeting.meetingId)).do('media:codes', {})
    const codeOf = (siteId: string) => codes.find((one) => one.siteId === siteId)?.code ?? ''
    const screens: Screen[] = []
    const page = async (personId: string, hub: string) => {
      const screen = await Screen.open(browser, hub, 'desk')
      screens.push(screen)
      await watchMedia(screen.page)
      await screen.enterAs(personId, testPassword)
      return screen.page
    }
    const room = await page('technician', hall.url)
    await room.goto(`/meetings/${meeting.meetingId}/room#code=${codeOf('site-1')}`)
    const site = await page('secretary', line.url)
    await site.addInitScript(throughRelay)
    const scene = new WeakScene(line, meeting, site, [async () => { for (const { context } of screens) await context.close() }, () => line.close(), () => hall.close()])
    await site.goto(`/meetings/${meeting.meetingId}/room#code=${codeOf('site-2')}`)
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
    await until(site, ({ audioEnergy, framesDecoded, widest }) => audioEnergy > 0 && framesDecoded > 20 && widest >= 640, 60_000)
    await listen(site)
    return scene
  }

  /** Milliseconds from `began` until the ladder stands so, by the hub's clock. @throws Error after two minutes */
  async reaches(began: number, fits: (rung: Rung) => boolean): Promise<number> {
    const until = Date.now() + patience
    while (!fits(this.rungs.at(-1)?.rung ?? 'text')) {
      if (Date.now() > until) throw new Error(`still on ${this.rungs.at(-1)?.rung} after ${patience} ms`)
      await wait(20)
    }
    return Math.max(0, (this.rungs.findLast(({ at, rung }) => at >= began && fits(rung))?.at ?? began) - began)
  }

  /** Milliseconds until a new item of the agenda is on the site's screen. */
  async synced(): Promise<number> {
    const title = `Nội dung ${this.frames.length}`
    const began = performance.now()
    await this.meeting.addItem(title)
    for (;;) {
      const came = this.frames.find(({ at, text }) => at >= began && text.includes(title))
      if (came) return came.at - began
      if (performance.now() - began > 30_000) throw new Error('the agenda did not come')
      await wait(5)
    }
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end()
  }

  #take(text: string): void {
    this.frames.push({ at: performance.now(), text })
    const told = /"media:ladder",(\{[^}]*\})/u.exec(text)?.[1]
    if (!told) return
    const { rung, since } = JSON.parse(told) as LadderMessage
    if (this.rungs.at(-1)?.rung !== rung) this.rungs.push({ at: since, rung })
  }
}
