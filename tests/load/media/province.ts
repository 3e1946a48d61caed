import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { Room } from '../../../media/room/room.ts'
import { WorkerPool } from '../../../media/sfu/pool.ts'
import type { MediaEvents } from '../../../shared/contracts/media.ts'
import { capabilities, plan } from '../../support/media/bridge.ts'
import { Child, needSockets } from '../child.ts'
import { percentile, withinLimit, type Figure } from '../figure.ts'
import { encrypting } from './encrypting.ts'
import { processorMs } from './generator.ts'
import type { ProvinceTasks } from './province-child.ts'

/** Every commune of a province, and its delegates' tablets. */
const communes = 64
const viewers = 300
const voices = 2
const gallery = 8
/** Viewers whose packets are counted and timed, and therefore not encrypted; those of all others are thrown away by the kernel, because reading them would take more than both cores. */
const counted = 8
const child = new URL('./province-child.ts', import.meta.url)

/** The aim of P7: 64 sites and 300 viewers on two cores; each looks at the speaker large and eight others small. */
export async function* province(program: string): AsyncIterable<Figure> {
  needSockets(communes + viewers)
  const [sending, hearing, deaf] = [new Child<ProvinceTasks>(child), new Child<ProvinceTasks>(child), new Child<ProvinceTasks>(child)]
  const log = pino({ level: 'silent' })
  const pool = await WorkerPool.open({ program, workers: 2, port: 0, listen: [{ ip: '127.0.0.1', announced: null }], log })
  let encrypts = true
  const transports = encrypting(pool, ({ comedia }) => encrypts && !comedia)
  const peerIds = Array.from({ length: communes + viewers }, (_none, at) => `s${at}`)
  let offered = 0
  const room: Room = new Room({
    roomId: 'province', pool, log,
    listener: {
      measured() {}, recordingFailed() {}, sendingChanged() {},
      tell(peerId, event, ...message) {
        if (event === 'media:layersTaken') void sending.ask('keepLayers', { at: peerIds.indexOf(peerId), highest: (message as Parameters<MediaEvents['media:layersTaken']>)[0].highest }).catch(() => {})
        if (event !== 'media:consumer') return
        offered += 1
        const [{ consumerId }] = message as Parameters<MediaEvents['media:consumer']>
        queueMicrotask(() => void room.resumeConsumer(peerId, consumerId).catch(() => {}))
      },
    },
  })
  try {
    const generatedSites = await sending.ask('sites', { count: communes, voices })
    const ears = [...(await deaf.ask('deafEars', { count: communes + viewers - counted })), ...(await hearing.ask('ears', { count: counted }))]
    deaf.process.kill('SIGSTOP')
    room.follow(plan(peerIds, { s0: 'yes', s1: 'yes' }, ['s0']))

    const began = performance.now()
    const ports: number[] = []
    const join = async (at: number) => {
      const peerId = peerIds[at] ?? ''
      const { send, receive } = await room.joinPlain(peerId, capabilities, null)
      const outlet = transports.get(receive.transportId)
      // What it would be sent by its other end nobody sends: any keys will do.
      await outlet?.connect({ ip: '127.0.0.1', port: ears[at] ?? 0, ...(outlet.srtpParameters ? { srtpParameters: outlet.srtpParameters } : {}) })
      const site = generatedSites[at]
      if (!site) return
      ports[at] = send.port
      if (site.voice) await room.produce(peerId, send.transportId, 'microphone', site.voice)
      await room.produce(peerId, send.transportId, 'camera', site.picture)
    }
    const all = [...peerIds.keys()]
    await Promise.all(all.slice(0, -counted).map(join))
    encrypts = false
    await Promise.all(all.slice(-counted).map(join))
    await Promise.all(peerIds.map((peerId, at) => room.consume(peerId, { tiles: screenOf(at).map((one) => ({ peerId: peerIds[one] ?? '', source: 'camera' as const, width: one === 0 ? 1280 : 320, height: one === 0 ? 720 : 180 })), own: false, saveData: false })))
    const expected = peerIds.reduce((sum, _peerId, at) => sum + screenOf(at).length + voices - (at < voices ? 1 : 0), 0)
    while (offered < expected) {
      if (performance.now() - began > 120_000) throw new Error(`${offered} of ${expected} consumers after two minutes`)
      await wait(20)
    }
    const joined = performance.now() - began
    await sending.ask('begin', { ports })
    // Until layers that nobody takes have stopped.
    await wait(6_000)

    const pids = (await pool.loads()).map(({ pid }) => pid)
    const spent = () => pids.reduce((sum, pid) => sum + processorMs(pid), 0)
    const [workers, hub, from] = [spent(), process.cpuUsage(), performance.now()]
    await hearing.ask('heard', undefined)
    await wait(10_000)
    const { packets, delays } = await hearing.ask('heard', undefined)
    const seconds = (performance.now() - from) / 1_000
    const { user, system } = process.cpuUsage(hub)
    const [workerMs, hubMs] = [(spent() - workers) / seconds, (user + system) / 1_000 / seconds]
    const each = packets / seconds / counted
    const note = `about ${Math.round(each * peerIds.length)} packets a second out, by ${counted} viewers' count (${Math.round(each)} each); ${offered} consumers, ready ${(joined / 1_000).toFixed(1)} s after all had asked to be let in at once. RTP generators over plain transports with SRTP to all receivers but those counted: without DTLS and the reports of browsers, so a lower bound`
    yield withinLimit(`${communes} sites and ${viewers} viewers: processor of both workers a second`, 'ms', [workerMs], 2_000, note)
    yield withinLimit('the same: processor of the hub’s own part a second', 'ms', [hubMs], 500, 'every receiver’s line is measured twice a second')
    yield withinLimit('the same: a voice on its way, p99', 'ms', [percentile(delays, 0.99)], 50, `${delays.length} packets; with the generators on the same cores`)
  } finally {
    room.close()
    await pool.close()
    deaf.process.kill('SIGCONT')
    await Promise.all([sending, hearing, deaf].map((one) => one.stop('SIGKILL')))
  }
}

/** The first is the speaker; each has other eight. */
function screenOf(at: number): number[] {
  const others = Array.from({ length: communes }, (_none, step) => (at + 1 + step) % communes).filter((one) => one !== 0 && one !== at)
  return [...(at === 0 ? [] : [0]), ...others.slice(0, gallery)]
}
