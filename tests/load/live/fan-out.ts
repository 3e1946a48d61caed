import { compare, percentile, type Figure } from '../figure.ts'
import { Child } from '../child.ts'
import { Screen } from '../screen.ts'
import type { BareTasks } from './bare.child.ts'
import type { HubTasks } from './hub.child.ts'

const screens = 1000
const repeats = 7
const tapsPerRepeat = 12

/** Counts deliveries of one tap to all screens. */
class Wall {
  readonly all: Screen[]
  #left = 0
  #done: () => void = () => {}

  constructor(all: Screen[]) {
    this.all = all
    for (const screen of all) screen.onEvent = (packet) => { if (packet.startsWith('42["frame"') && (this.#left -= 1) === 0) this.#done() }
  }

  /** Milliseconds from `tap` to the last screen. */
  async measure(tap: () => Promise<unknown>): Promise<number> {
    this.#left = this.all.length
    const last = new Promise<void>((resolve) => (this.#done = resolve))
    const began = performance.now()
    const acked = tap()
    await last
    const took = performance.now() - began
    await acked
    return took
  }
}

async function connectAll(count: number, connect: (index: number) => Screen, joined: (screen: Screen) => Promise<unknown>): Promise<Screen[]> {
  const all: Screen[] = []
  for (let begin = 0; begin < count; begin += 50) {
    const group = Array.from({ length: Math.min(50, count - begin) }, (_, index) => connect(begin + index))
    await Promise.all(group.map(async (screen) => { await screen.ready; await joined(screen) }))
    all.push(...group)
  }
  return all
}

/** PROOF P2: one fact to a thousand screens, against a bare room broadcast of the same bytes. */
export async function fanOut(): Promise<Figure[]> {
  const hub = new Child<HubTasks>(new URL('./hub.child.ts', import.meta.url))
  const bare = new Child<BareTasks>(new URL('./bare.child.ts', import.meta.url))
  try {
    const { url } = await hub.ask('start', {})
    const { meetingId, itemIds, cookies } = await hub.ask('meeting', { people: screens, items: 2 })
    const bareUrl = await bare.ask('start', undefined as never)
    const query = `meetingId=${meetingId}`
    const chair = new Screen(url, { path: '/live', query, cookie: cookies[0] ?? '' })
    await chair.ready
    const ours = new Wall(await connectAll(screens, (index) => new Screen(url, { path: '/live', query, cookie: cookies[index + 1] ?? '' }), (screen) => screen.ask('meeting:join', {})))
    const tapper = new Screen(bareUrl, { path: '/live' })
    await tapper.ready
    const theirs = new Wall(await connectAll(screens, () => new Screen(bareUrl, { path: '/live' }), async () => {}))
    theirs.all.push(tapper)
    tapper.onEvent = theirs.all[0]?.onEvent ?? (() => {})

    let taps = 0
    const tapOurs = () => chair.ask('agenda:startItem', { commandId: `bench-tap-${process.pid}-${taps}`, data: { itemId: itemIds[taps++ % 2] } })
    // The peer sends exactly what a screen of ours received for one tap.
    let captured = ''
    const first = ours.all[0]
    const count = first?.onEvent
    if (first) first.onEvent = (packet) => { captured = packet; count?.(packet) }
    for (let warm = 0; warm < 6; warm += 1) await ours.measure(tapOurs)
    await bare.ask('setPayload', (JSON.parse(captured.slice(2)) as unknown[])[1] as never)
    for (let warm = 0; warm < 6; warm += 1) await theirs.measure(() => tapper.ask('tap', {}))

    const cpu = { ours: [] as number[], theirs: [] as number[] }
    const last = { ours: [] as number[], theirs: [] as number[] }
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const side of repeat % 2 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const)) {
        const [wall, tap] = side === 'ours' ? ([ours, tapOurs] as const) : ([theirs, () => tapper.ask('tap', {})] as const)
        const used = () => (side === 'ours' ? hub.ask('cpu', undefined as never) : bare.ask('cpu', undefined as never))
        const before = await used()
        const times: number[] = []
        for (let tapped = 0; tapped < tapsPerRepeat; tapped += 1) times.push(await wall.measure(tap))
        cpu[side].push((await used() - before) / (tapsPerRepeat * wall.all.length))
        last[side].push(percentile(times, 0.95))
      }
    }
    const bytes = `${captured.length} bytes, ${screens} screens, ${repeats} × ${tapsPerRepeat} taps`
    return [
      compare('Fact fan-out: server CPU per delivery', 'µs', cpu.ours, cpu.theirs, { atMost: 1.15 }, `beside a bare Socket.IO room broadcast; ${bytes}; ours includes decide, durable append, hash chain and framing`),
      compare('Fact fan-out: p95 from the chair’s tap to the last screen', 'ms', last.ours, last.theirs, { atMost: 1.5 }, bytes),
    ]
  } finally {
    await Promise.all([hub.stop(), bare.stop()])
  }
}
