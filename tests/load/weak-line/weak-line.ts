import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { rungs, type Rung } from '../../../shared/media/ladder.ts'
import { heardSince, type Heard } from '../../support/media/hearing.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { compare, withinLimit, type Figure } from '../figure.ts'
import { JanusRoom } from './janus-room.ts'
import { NaiveRoom } from './naive.ts'
import type { OtherRoom } from './other-room.ts'
import { speakingBrowser, WeakScene } from './scene.ts'

const how = 'real Chromium through a relay; 200 ms there and back, 5 % lost both ways, the page’s own connections on the same line; a buffer of 1 s; the voice never pauses'
const others = 'same browser, camera, voice and line, one room open at a time'
const defaults = `reference: a room by mediasoup’s defaults (both pages consume everything, its own estimate chooses the layers, Opus as the browser makes it); ${others}`
const gateway = `reference: Janus’s VideoRoom with Debian’s defaults and pages like its own example; ${others}`
/** So long each side is listened to on each line; WEAK_LINE_SECONDS for a shorter look. */
const seconds = Number(process.env.WEAK_LINE_SECONDS) || 30
const settling = 8_000
/** So long another room is waited for when its line is good again. */
const returning = 20_000

/** P8 of the plan: one site on a line of 300, 150 and 64 kbit/s: ours, a room by mediasoup's defaults and Janus by turns, each alone on this machine. */
export async function* weakLine(): AsyncIterable<Figure> {
  const present = await presentWorker()
  if ('missing' in present) return console.log(present.missing)
  const { program } = present
  const noJanus = JanusRoom.missing()
  if (noJanus !== null) console.log(`not beside Janus: ${noJanus}`)
  const { browser, close } = await speakingBrowser()
  try {
    for (const kbps of [300, 150, 64]) {
      const ours = await ourTurn(browser, kbps)
      const naive = await turnOf(await NaiveRoom.open(browser, program), kbps)
      const janus = noJanus === null ? await turnOf(await JanusRoom.open(browser), kbps) : null
      const { falling, heard, rung, sync } = ours
      yield withinLimit(`${kbps} kbit/s: step down`, 'ms', [ours.down], 3_000, `by the hub’s clock; mediasoup’s defaults: ${naive.down}${janus ? `; Janus: ${janus.down}` : ''}. ${how}`)
      yield withinLimit(`${kbps} kbit/s: longest gap in the voice in ${seconds} s`, 'ms', [heard.longestGapMs], 200, `on the rung “${rung}”; ${told(falling, heard)}. mediasoup’s defaults: ${naive.heard.longestGapMs} ms; ${told(naive.falling, naive.heard)}${janus ? `. Janus: ${janus.heard.longestGapMs} ms; ${told(janus.falling, janus.heard)}` : ''}`)
      yield* beside(kbps, rung, ours, naive, '', defaults)
      if (janus) yield* beside(kbps, rung, ours, janus, ', beside Janus 1.1.2', gateway)
      yield withinLimit(`${kbps} kbit/s: a new item of the agenda on the screen`, 'ms', [sync], 2_000, 'over the same line')
      yield withinLimit(`${kbps} kbit/s: everything back after the line is good again`, 's', [ours.up], 60,
        `from one rung to the next, each only when the line has carried it for a while: ${ours.climbed}; mediasoup’s defaults: ${naive.up}${janus ? `; Janus: ${janus.up}` : ''}`)
    }
  } finally {
    await close()
  }
}

/** A hub of its own each time: no ladder remembers the line before. */
async function ourTurn(browser: Browser, kbps: number) {
  const scene = await WeakScene.open(browser)
  try {
    await scene.reaches(Date.now(), (rung) => rung === 'gallery')
    const from = rungs.indexOf('gallery')
    await heardSince(scene.site)
    const narrowed = Date.now()
    scene.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
    const down = await scene.reaches(narrowed, (rung) => rungs.indexOf(rung) < from)
    const turn = await listened(scene)
    const sync = await scene.synced()
    const rung = scene.rungs.at(-1)?.rung ?? 'text'
    const widened = Date.now()
    scene.line.become({})
    const up = (await scene.reaches(widened, (now) => now === 'gallery')) / 1_000
    return { ...turn, down, sync, rung, up, climbed: climbed(scene, widened) }
  } finally {
    await scene.close()
  }
}

/** What is the same to all: the voice, the picture, what it cost the line. */
function* beside(kbps: number, rung: Rung, ours: Turn, theirs: Turn, name: string, peer: string): Iterable<Figure> {
  const figure = (what: string, unit: Figure['unit'], of: (turn: Turn) => number, bound: { atMost: number } | null, note: string) => compare(`${kbps} kbit/s: ${what}${name}`, unit, [of(ours)], [of(theirs)], bound, note)
  yield figure('voice made up, without silence', '%', ({ heard }) => heard.concealedShare * 100, { atMost: 1 }, peer)
  yield figure('gaps in the voice over 200 ms', 'per minute', ({ heard }) => gapsPerMinute(heard), { atMost: 1 }, peer)
  yield figure('freezes of the picture', 'per minute', ({ heard }) => heard.freezesPerMinute, null, 'a picture that has not come back yet is not counted by Chromium')
  yield figure('pictures shown', 'per second', ({ heard }) => picturesPerSecond(heard), null, `of all cameras together; ours leaves them out before the voice suffers, here on “${rung}”. ${peer}`)
  yield figure(`passed down the line in ${seconds} s`, 'kB', ({ kilobytes }) => kilobytes, null, 'everything: media, its repeats and probes, the page’s own connections')
}

interface Turn { falling: Heard; heard: Heard; kilobytes: number }

/** After the line has become poor: while it settles, then on it. */
async function listened({ site, line }: Pick<OtherRoom, 'site' | 'line'>): Promise<Turn> {
  await wait(settling)
  const falling = await heardSince(site)
  const passed = line.down.sentOctets
  await wait(seconds * 1_000)
  const heard = await heardSince(site)
  return { falling, heard, kilobytes: (line.down.sentOctets - passed) / 1_000 }
}

/** The same line for another room, which is closed then; in words, when a lesser layer was sent first, and when the best again. */
async function turnOf(room: OtherRoom, kbps: number): Promise<Turn & { down: string; up: string }> {
  try {
    await wait(settling)
    await heardSince(room.site)
    const best = Math.max(-1, ...(await room.layers()).map(({ layer }) => layer))
    const narrowed = Date.now()
    room.line.become({ kbps, lossPercent: 5, roundTripMs: 200 })
    const turn = await listened(room)
    const widened = Date.now()
    room.line.become({})
    const lesser = (await room.layers()).find(({ at, layer }) => at >= narrowed && layer < best)
    await wait(lesser ? returning : 0)
    const again = (await room.layers()).find(({ at, layer }) => at >= widened && layer >= best)
    return {
      ...turn, down: lesser ? `a lesser layer after ${lesser.at - narrowed} ms` : `no lesser layer in ${seconds + settling / 1_000} s`,
      up: again ? `the best layer after ${((again.at - widened) / 1_000).toFixed(1)} s` : lesser ? `not the best layer after ${returning / 1_000} s` : 'never left the best layer',
    }
  } finally {
    await room.close()
  }
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
