import { setTimeout as wait } from 'node:timers/promises'
import { rungs, type Rung } from '../../../shared/media/ladder.ts'
import { heardSince, type Heard } from '../../support/media/hearing.ts'
import type { WeakLine } from '../../support/media/relay.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { compare, withinLimit, type Figure } from '../figure.ts'
import { NaiveRoom } from './naive.ts'
import { WeakScene } from './scene.ts'

const how = 'real Chromium through a relay; 200 ms there and back, 5 % lost both ways, the page’s own connections on the same line; a buffer of 1 s; the voice never pauses'
const peer = 'reference: a room by mediasoup’s defaults (both pages consume everything, its own estimate chooses the layers, Opus as the browser makes it), in turn with ours, both open all the time, same browser, camera and voice'
/** So long each side is listened to on each line; WEAK_LINE_SECONDS for a shorter look. */
const seconds = Number(process.env.WEAK_LINE_SECONDS) || 30
const settling = 8_000
const patience = 120_000

/** P8 of the plan: one site on a line of 300, 150 and 64 kbit/s, ours and a room by mediasoup's defaults by turns. */
export async function* weakLine(): AsyncIterable<Figure> {
  const present = await presentWorker()
  if ('missing' in present) return console.log(present.missing)
  const scene = await WeakScene.open()
  let naive: NaiveRoom | null = null
  try {
    naive = await NaiveRoom.open(scene.browser, present.program)
    for (const kbps of [300, 150, 64]) {
      await reaches(scene, Date.now(), (rung) => rung === 'gallery')
      const from = rungs.indexOf('gallery')
      const narrowed = Date.now()
      scene.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
      const down = await reaches(scene, narrowed, (rung) => rungs.indexOf(rung) < from)
      const { falling, heard, kilobytes } = await listened(scene)
      const sync = await synced(scene)
      const rung = scene.rungs.at(-1)?.rung ?? 'text'
      const widened = Date.now()
      scene.line.become({})
      // While ours climbs back, which the hub's clock tells, it is the other's turn.
      const theirs = await naivesTurn(naive, kbps)
      const up = await reaches(scene, widened, (now) => now === 'gallery')
      await heardSince(scene.site)
      yield withinLimit(`${kbps} kbit/s: step down`, 'ms', [down], 3_000, `by the hub’s clock; mediasoup’s defaults: ${theirs.down}. ${how}`)
      yield withinLimit(`${kbps} kbit/s: longest gap in the voice in ${seconds} s`, 'ms', [heard.longestGapMs], 200, `on the rung “${rung}”; ${told(falling, heard)}. mediasoup’s defaults: ${theirs.heard.longestGapMs} ms; ${told(theirs.falling, theirs.heard)}`)
      yield compare(`${kbps} kbit/s: voice made up, without silence`, '%', [heard.concealedShare * 100], [theirs.heard.concealedShare * 100], { atMost: 1 }, peer)
      yield compare(`${kbps} kbit/s: gaps in the voice over 200 ms`, 'per minute', [gapsPerMinute(heard)], [gapsPerMinute(theirs.heard)], { atMost: 1 }, peer)
      yield compare(`${kbps} kbit/s: freezes of the picture`, 'per minute', [heard.freezesPerMinute], [theirs.heard.freezesPerMinute], null, 'a picture that has not come back yet is not counted by Chromium')
      yield compare(`${kbps} kbit/s: pictures shown`, 'per second', [picturesPerSecond(heard)], [picturesPerSecond(theirs.heard)], null, `of all cameras together; ours leaves them out before the voice suffers, here on “${rung}”. ${peer}`)
      yield compare(`${kbps} kbit/s: passed down the line in ${seconds} s`, 'kB', [kilobytes], [theirs.kilobytes], null, 'everything: media, its repeats and probes, the page’s own connections')
      yield withinLimit(`${kbps} kbit/s: a new item of the agenda on the screen`, 'ms', [sync], 2_000, 'over the same line')
      yield withinLimit(`${kbps} kbit/s: everything back after the line is good again`, 's', [up / 1_000], 60,
        `from one rung to the next, each only when the line has carried it for a while: ${climbed(scene, widened)}; mediasoup’s defaults: ${theirs.up()}`)
    }
  } finally {
    await naive?.close()
    await scene.close()
  }
}

interface Turn { falling: Heard; heard: Heard; kilobytes: number }

/** After the line has become poor: while it settles, then on it. */
async function listened({ site, line }: { site: WeakScene['site']; line: WeakLine }): Promise<Turn> {
  await wait(settling)
  const falling = await heardSince(site)
  const passed = line.down.sentOctets
  await wait(seconds * 1_000)
  const heard = await heardSince(site)
  return { falling, heard, kilobytes: (line.down.sentOctets - passed) / 1_000 }
}

/** The same line for the naive room; in words, when mediasoup sent a lesser layer first and, asked later, when the best again. */
async function naivesTurn(naive: NaiveRoom, kbps: number): Promise<Turn & { down: string; up: () => string }> {
  await heardSince(naive.site)
  const { best } = naive
  const narrowed = Date.now()
  naive.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
  const turn = await listened(naive)
  const widened = Date.now()
  naive.line.become({})
  const lesser = naive.layers.find(({ at, layer }) => at >= narrowed && layer < best)
  const up = () => {
    const again = naive.layers.find(({ at, layer }) => at >= widened && layer >= best)
    return again ? `the best layer after ${((again.at - widened) / 1_000).toFixed(1)} s` : `not the best layer after ${((Date.now() - widened) / 1_000).toFixed(1)} s`
  }
  return { ...turn, up, down: lesser ? `a lesser layer after ${lesser.at - narrowed} ms` : `no lesser layer in ${seconds + settling / 1_000} s` }
}

function told(falling: Heard, { concealedShare, gaps, delayMs, freezesPerMinute }: Heard): string {
  return `${(concealedShare * 100).toFixed(1)} % made up, ${gaps} gaps over 200 ms, played ${delayMs} ms late, ${freezesPerMinute.toFixed(1)} freezes of the picture a minute; in the ${settling / 1_000} s in which the line fell ${falling.gaps} gaps, the longest ${falling.longestGapMs} ms`
}

/** Rungs and seconds since the line is good again. */
function climbed({ rungs: all }: WeakScene, widened: number): string {
  return all.filter(({ at }) => at >= widened).map(({ at, rung }) => `${rung} ${((at - widened) / 1_000).toFixed(1)} s`).join(', ')
}

const picturesPerSecond = ({ framesDecoded, seconds: listenedFor }: Heard) => Math.max(0, framesDecoded) / Math.max(1, listenedFor)
const gapsPerMinute = ({ gaps, seconds: listenedFor }: Heard) => (gaps * 60) / Math.max(1, listenedFor)

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
