import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { received, until } from '../../support/e2e/media.ts'
import { percentile, withinLimit, type Figure } from '../figure.ts'
import { speakingBrowser, WeakScene } from '../weak-line/scene.ts'

const rounds = 12
const chromium = 'real Chromium with everything that a browser adds: ICE, DTLS, jitter buffer, decoder; two pages and the hub on the same cores; looked at every 40 ms'

/** What one waits for at a site, in real Chromium on a good line: the first picture after joining, the first sound after the floor was given to another site. */
export async function* joining(): AsyncIterable<Figure> {
  const { browser, close } = await speakingBrowser()
  const scene = await WeakScene.open(browser)
  try {
    yield* await firstPicture(scene)
    yield await floorToSound(scene)
  } finally {
    await scene.close()
    await close()
  }
}

/** The site's page is opened anew: programs are in the browser's cache, as on every morning but the first. */
async function firstPicture({ site }: WeakScene): Promise<Figure[]> {
  let joined = 0
  site.on('websocket', (socket) => socket.on('framesent', ({ payload }) => { if (payload.toString().includes('"media:join"')) joined = performance.now() }))
  const [fromOpening, fromJoining]: number[][] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    await site.reload({ waitUntil: 'commit' })
    await until(site, ({ framesDecoded }) => framesDecoded > 0)
    const seen = performance.now()
    fromOpening!.push(seen - began)
    fromJoining!.push(seen - joined)
  }
  const told = (name: string, times: number[], limit: number): Figure => ({
    ...withinLimit(name, 'ms', [percentile(times, 0.95)], limit, `${rounds} times. ${chromium}`), spread: [Math.min(...times), Math.max(...times)],
  })
  return [
    told('A site joins: from asking to be let in to the first picture decoded, p95', fromJoining!, 1_500),
    told('A site joins: from opening the page to the first picture decoded, p95', fromOpening!, 4_000),
  ]
}

async function floorToSound({ meeting, site }: WeakScene): Promise<Figure> {
  await meeting.do('chi', 'attendance:declare', { presence: 'inRoom' })
  const times: number[] = []
  for (let round = 0; round < 20; round += 1) {
    await meeting.do('chair', 'floor:invite', { personId: 'chi' })
    const { audioEnergy } = await quiet(site)
    const given = performance.now()
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
    await until(site, (now) => now.audioEnergy > audioEnergy)
    times.push(performance.now() - given)
  }
  return { ...withinLimit('Floor given to sound at a far site in Chromium, p95', 'ms', [percentile(times, 0.95)], 400, `${times.length} times, the voice never pauses. ${chromium}`), spread: [Math.min(...times), Math.max(...times)] }
}

/** Resolves when nothing has been heard for a third of a second. */
async function quiet(page: Page) {
  for (;;) {
    const before = await received(page)
    await wait(330)
    const now = await received(page)
    if (now.audioEnergy === before.audioEnergy) return now
  }
}
