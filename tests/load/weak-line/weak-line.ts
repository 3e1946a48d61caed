import { setTimeout as wait } from 'node:timers/promises'
import { rungs, type Rung } from '../../../shared/media/ladder.ts'
import { heardSince } from '../../support/media/hearing.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { withinLimit, type Figure } from '../figure.ts'
import { WeakScene } from './scene.ts'

const how = 'real Chromium through a relay; 200 ms there and back, 5 % lost both ways, the page’s own connections on the same line; a buffer of 1 s; the voice never pauses'
/** So long each line is listened to; WEAK_SECONDS for a shorter look. */
const seconds = Number(process.env.WEAK_SECONDS) || 75
const settling = 8_000
const patience = 120_000

/** P8 of the plan: one site on a line of 300, 150 and 64 kbit/s. */
export async function* weakLine(): AsyncIterable<Figure> {
  const present = await presentWorker()
  if ('missing' in present) return console.log(present.missing)
  const scene = await WeakScene.open()
  try {
    for (const kbps of [300, 150, 64]) {
      await reaches(scene, Date.now(), (rung) => rung === 'gallery')
      const from = rungs.indexOf('gallery')
      const narrowed = Date.now()
      scene.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
      const down = await reaches(scene, narrowed, (rung) => rungs.indexOf(rung) < from)
      await wait(settling)
      const falling = await heardSince(scene.site)
      await wait(seconds * 1_000)
      const heard = await heardSince(scene.site)
      const sync = await synced(scene)
      const rung = scene.rungs.at(-1)?.rung ?? 'text'
      const widened = Date.now()
      scene.line.become({})
      const up = await reaches(scene, widened, (now) => now === 'gallery')
      await heardSince(scene.site)
      yield withinLimit(`${kbps} kbit/s: step down`, 'ms', [down], 3_000, `by the hub’s clock. ${how}`)
      yield withinLimit(`${kbps} kbit/s: longest gap in the voice in ${seconds} s`, 'ms', [heard.longestGapMs], 200,
        `on the rung “${rung}”; ${(heard.concealedShare * 100).toFixed(1)} % made up, ${heard.gaps} gaps over 200 ms, played ${heard.delayMs} ms late, ${heard.freezesPerMinute.toFixed(1)} freezes of the picture a minute. In the ${settling / 1_000} s in which the line fell: ${falling.gaps} gaps, the longest ${falling.longestGapMs} ms`)
      yield withinLimit(`${kbps} kbit/s: a new item of the agenda on the screen`, 'ms', [sync], 2_000, 'over the same line')
      yield withinLimit(`${kbps} kbit/s: everything back after the line is good again`, 's', [up / 1_000], 60, 'from one rung to the next, each only when the line has carried it for a while')
    }
  } finally {
    await scene.close()
  }
}

/** Milliseconds from `began` until the ladder stands so, by the hub's clock. */
async function reaches({ rungs: told }: WeakScene, began: number, fits: (rung: Rung) => boolean): Promise<number> {
  const until = Date.now() + patience
  while (!fits(told.at(-1)?.rung ?? 'text')) {
    if (Date.now() > until) throw new Error(`still on ${told.at(-1)?.rung} after ${patience} ms`)
    await wait(20)
  }
  return Math.max(0, (told.findLast(({ at, rung }) => at >= began && fits(rung))?.at ?? began) - began)
}

async function synced({ meeting, frames }: WeakScene): Promise<number> {
  const title = `Nội dung ${frames.length}`
  const began = performance.now()
  await meeting.addItem(title)
  for (;;) {
    const came = frames.find(({ at, text }) => at >= began && text.includes(title))
    if (came) return came.at - began
    if (performance.now() - began > 30_000) throw new Error('the agenda did not come')
    await wait(5)
  }
}
