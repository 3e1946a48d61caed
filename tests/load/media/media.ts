import { setTimeout as wait } from 'node:timers/promises'
import { plan } from '../../support/media/bridge.ts'
import { presentWorker } from '../../support/media/worker.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
import { besideJanus } from './beside-janus.ts'
import { joining } from './joining.ts'
import { processorMs, realRates, residentBytes, type Rates } from './generator.ts'
import { province } from './province.ts'
import { bare, ours, peerIds, sites, type OurSide, type Side } from './sides.ts'

const generated = 'RTP generators over plain transports, no browsers: without DTLS and SRTP, so a lower bound'
/** The naive mesh at its full rates would not fit beside its generators on two cores. */
const quarter: Rates = { voice: realRates.voice / 4, layers: realRates.layers.map((rate) => rate / 4) }

interface Cost { perSecond: number; perPacket: number; packets: number; late: number; megabytes: number }

/** Processor of the worker, milliseconds a second, and microseconds for each packet that arrived somewhere. */
async function cost(side: Side, milliseconds: number): Promise<Cost> {
  // Until layers that nobody takes have stopped.
  await wait(4_500)
  const count = () => side.all.reduce((sum, site) => sum + site.count, 0)
  for (const site of side.all) site.delays = []
  const [before, packets, began] = [processorMs(side.pid), count(), performance.now()]
  await wait(milliseconds)
  const seconds = (performance.now() - began) / 1_000
  const [used, came] = [processorMs(side.pid) - before, count() - packets]
  return { perSecond: used / seconds, perPacket: (used * 1_000) / came, packets: came / seconds, late: percentile(side.all.flatMap(({ delays }) => delays), 0.99), megabytes: residentBytes(side.pid) / 1e6 }
}

async function taken(open: () => Promise<Side>): Promise<Cost> {
  const side = await open()
  try {
    return await cost(side, 4_000)
  } finally {
    await side.close()
  }
}

/** 24 sites on one worker: what it costs, how soon the floor is heard, and how soon all is back after the worker was killed. */
export async function* mediaRoom(): AsyncIterable<Figure> {
  const present = await presentWorker()
  if ('missing' in present) return console.log(present.missing)
  const { program } = present

  const [room, same, small, mesh]: Cost[][] = [[], [], [], []]
  for (let round = 0; round < 3; round += 1) {
    room!.push(await taken(() => ours(program, realRates)))
    same!.push(await taken(() => bare(program, realRates, false)))
    small!.push(await taken(() => ours(program, quarter)))
    mesh!.push(await taken(() => bare(program, quarter, true)))
  }
  const perSecond = (costs: Cost[]) => costs.map((one) => one.perSecond)
  const packets = Math.round(room![0]?.packets ?? 0)
  yield withinLimit('24 sites, stage and 8 small pictures: processor of the worker a second', 'ms', perSecond(room!), 1_000, `${packets} packets a second out; the aim is 250 ms. ${generated}`)
  yield compare('the same beside everybody sent everybody in full', 'ms', perSecond(small!), perSecond(mesh!), { atMost: 0.35 }, `both at a quarter of the packets, so that the mesh fits on the machine. ${generated}`)
  yield compare('Processor for each packet beside mediasoup alone', 'µs', room!.map((one) => one.perPacket), same!.map((one) => one.perPacket), { atMost: 1.1 }, `the same pictures and voices by a bare router. ${generated}`)
  yield compare('A voice on its way through the worker, p99', 'ms', room!.map((one) => one.late), same!.map((one) => one.late), null, `beside the same by a bare router; with what the generators on the same cores add. The aim is 5 ms. ${generated}`)
  yield compare('Memory of the worker with 24 sites', 'MB', room!.map((one) => one.megabytes), same!.map((one) => one.megabytes), null, `beside a bare router. ${generated}`)

  yield* besideJanus()

  const side = await ours(program, realRates)
  try {
    yield await floorToSound(side)
    yield* await workerKilled(side)
  } finally {
    await side.close()
  }

  yield* province(program)

  yield* joining()
}

/** From the plan that opens a microphone to its first packet at every other site. */
async function floorToSound({ room, all, voicesOf }: OurSide): Promise<Figure> {
  const { leavesAs } = voicesOf.get(0) ?? { leavesAs: new Map<string, number>() }
  const times: number[] = []
  await wait(1_000)
  for (let round = 0; round < 30; round += 1) {
    room.follow(plan(peerIds, { s0: 'muted', s1: 'yes' }, ['s1']))
    // What is under way has arrived.
    await wait(200)
    const heard = all.slice(1).map((site, at) => site.heard(leavesAs.get(peerIds[at + 1] ?? '') ?? 0))
    const given = performance.now()
    room.follow(plan(peerIds, { s0: 'yes', s1: 'yes' }, ['s0']))
    await Promise.all(heard)
    times.push(performance.now() - given)
  }
  return { ...withinLimit('Floor given to sound at the last of 23 sites, p95', 'ms', [percentile(times, 0.95)], 400, `30 times; a voice has a packet every 20 ms. Without jitter buffer and decoder, which browsers add. ${generated}`), spread: [Math.min(...times), Math.max(...times)] }
}

/** R10 of the plan: kill -9 of the worker in a call of 24 sites, until the speaker is heard again at all others. */
async function workerKilled(side: OurSide): Promise<Figure[]> {
  const times: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const [{ pid } = { pid: 0 }] = await side.pool.loads()
    const gone = new Promise<void>((resolve) => { const end = side.pool.onLost(() => { end(); resolve() }) })
    const died = performance.now()
    process.kill(pid, 'SIGKILL')
    await gone
    await side.rejoin()
    const leavesAs = side.voicesOf.get(0)?.leavesAs ?? new Map<string, number>()
    while (leavesAs.size < sites - 1) await wait(5)
    await Promise.all(side.all.slice(1).map((site, at) => site.heard(leavesAs.get(peerIds[at + 1] ?? '') ?? 0)))
    times.push(performance.now() - died)
    // A worker that dies as soon as it stands is made to wait; this one has worked for a while.
    await wait(2_100)
  }
  const note = `kill -9, ${times.length} times, 24 sites join again and are heard. Without ICE and DTLS, which browsers add. ${generated}`
  return [{ ...withinLimit('Worker killed: heard again at all sites, p95', 'ms', [percentile(times, 0.95)], 3_000, note), spread: [Math.min(...times), Math.max(...times)] }]
}
