import { setTimeout as wait } from 'node:timers/promises'
import { heardSince } from '../../support/media/hearing.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { median, withinLimit, type Figure } from '../figure.ts'
import { speakingBrowser, WeakScene } from './scene.ts'

const kbps = 64
/** TEN_MINUTES for another number of them. */
const minutes = Number(process.env.TEN_MINUTES) || 10
const settling = 8_000
const how = 'real Chromium through a relay; 200 ms there and back, 5 % lost both ways, the page’s own connections on the same line; the voice never pauses'

/** The aim of P8: a speech of ten minutes at 64 kbit/s, and the agenda that goes on beside it. */
export async function* tenMinutes(): AsyncIterable<Figure> {
  const present = await presentWorker()
  if ('missing' in present) return console.log(present.missing)
  const { browser, close } = await speakingBrowser()
  const scene = await WeakScene.open(browser).catch(async (error: unknown) => close().then(() => { throw error }))
  try {
    await scene.reaches(Date.now(), (rung) => rung === 'gallery')
    scene.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
    await wait(settling)
    await heardSince(scene.site)
    const began = Date.now()
    const synced: number[] = []
    const gaps: number[] = []
    const [made, longest]: number[][] = [[], []]
    for (let minute = 0; minute < minutes; minute += 1) {
      await wait(30_000)
      synced.push(await scene.synced())
      await wait(Math.max(0, began + (minute + 1) * 60_000 - Date.now()))
      const heard = await heardSince(scene.site)
      gaps.push(heard.gaps)
      made!.push(heard.concealedShare * 100)
      longest!.push(heard.longestGapMs)
      console.log(`minute ${minute + 1}: ${(heard.concealedShare * 100).toFixed(1)} % made up, longest gap ${heard.longestGapMs} ms, agenda after ${Math.round(synced.at(-1) ?? 0)} ms`)
    }
    const told = scene.rungs.filter(({ at }) => at >= began)
    const all = gaps.reduce((sum, one) => sum + one, 0)
    const rungs = `rungs meanwhile: ${told.length === 0 ? `“${scene.rungs.at(-1)?.rung}” all the time` : `${told.length} changes, last “${told.at(-1)?.rung}”`}`
    yield { ...withinLimit(`${kbps} kbit/s: longest gap in a speech of ${minutes} minutes`, 'ms', [Math.max(...longest!)], 200, `${all} gaps over 200 ms; ${rungs}. ${how}`), spread: [Math.min(...longest!), Math.max(...longest!)] }
    yield { ...withinLimit('the same: voice made up, without silence', '%', [median(made!)], 5, 'median of its minutes'), spread: [Math.min(...made!), Math.max(...made!)] }
    yield { ...withinLimit('the same: a new item of the agenda on the screen', 'ms', [Math.max(...synced)], 2_000, `the longest of ${minutes}, one a minute`), spread: [Math.min(...synced), Math.max(...synced)] }
  } finally {
    await scene.close()
    await close()
  }
}
