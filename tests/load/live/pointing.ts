import { Child } from '../child.ts'
import { median, percentile, withinLimit, type Figure } from '../figure.ts'
import { Screen } from '../screen.ts'
import type { HubTasks } from './hub.child.ts'

const screens = 300
const repeats = 5
/** Milliseconds over which the ballots of one vote come in, and for which the presenter points. */
const span = 2000
/** A mouse tells its place sixty times a second. */
const laserEvery = 1000 / 60

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The presenter's laser beside a vote: what it costs the hub to tell 300 screens, and whether the ballots notice. */
export async function pointing(): Promise<Figure[]> {
  const hub = new Child<HubTasks>(new URL('./hub.child.ts', import.meta.url))
  try {
    const { url } = await hub.ask('start', {})
    const { meetingId, itemIds, cookies } = await hub.ask('meeting', { people: screens, items: 1 })
    const itemId = itemIds[0] ?? ''
    const paperId = await hub.ask('present', { meetingId, itemId })
    const connect = async (index: number) => {
      const screen = new Screen(url, { path: '/live', query: `meetingId=${meetingId}`, cookie: cookies[index] ?? '' })
      await screen.ready
      await screen.ask('meeting:join', {})
      return screen
    }
    const chair = await connect(0)
    const all: Screen[] = []
    for (let begin = 1; begin <= screens; begin += 50) all.push(...await Promise.all(Array.from({ length: Math.min(50, screens - begin + 1) }, (_, index) => connect(begin + index))))
    let told = 0
    for (const screen of all) screen.onEvent = (packet) => { if (packet.startsWith('42["presentation:laser"')) told += 1 }

    /** A vote whose ballots come in over the span, with or without the laser; p95 of the acks, and what the hub used of the processor. */
    async function vote(round: string, laser: boolean): Promise<{ p95: number; cpu: number }> {
      const [voteId = ''] = await hub.ask('openSitting', { meetingId, itemId, count: 1 })
      await pause(300)
      const before = await hub.ask('cpu', undefined as never)
      let step = 0
      const hand = laser ? setInterval(() => chair.tell('presentation:laser', { paperId, page: 1, x: ((step += 1) % 100) / 100, y: 0.5 }), laserEvery) : undefined
      const acks = await Promise.all(all.map(async (screen, index) => {
        await pause(index / all.length * span)
        const began = performance.now()
        await screen.ask('votes:cast', { commandId: `bench-laser-${process.pid}-${round}-${index}`, data: { voteId, choice: 'approve' } })
        return performance.now() - began
      }))
      clearInterval(hand)
      const cpu = await hub.ask('cpu', undefined as never) - before
      await hub.ask('closeSitting', { meetingId, voteId })
      return { p95: percentile(acks, 0.95), cpu }
    }

    await vote('warm', true)
    told = 0
    const [withLaser, without] = [{ p95: [] as number[], cpu: [] as number[] }, { p95: [] as number[], cpu: [] as number[] }]
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const laser of repeat % 2 ? [true, false] : [false, true]) {
        const { p95, cpu } = await vote(`${repeat}-${laser}`, laser)
        const column = laser ? withLaser : without
        column.p95.push(p95)
        column.cpu.push(cpu)
      }
    }
    const perSecond = withLaser.cpu.map((cpu, index) => (cpu - (without.cpu[index] ?? 0)) / 1000 / (span / 1000))
    const each = told / repeats / (span / 1000) / screens
    return [
      withinLimit('Laser to 300 screens: processor of the hub, for each second of pointing', 'ms', perSecond, 100, `beyond what the vote at the same time takes; ${each.toFixed(1)} told a second and screen of 60 sent`),
      withinLimit('Ballots while the presenter points: p95 from tap to ack', 'ms', withLaser.p95, 50, `300 ballots in ${span / 1000} s; ${median(without.p95).toFixed(1)} ms without the laser in the same run, ${repeats} votes each`),
    ]
  } finally {
    await hub.stop()
  }
}
