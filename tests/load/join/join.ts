import { Child } from '../child.ts'
import { median, type Figure } from '../figure.ts'
import type { BareTasks } from '../live/bare.child.ts'
import type { HubTasks } from '../live/hub.child.ts'
import { Screen } from '../screen.ts'

const people = 300
const repeats = 15

/** Milliseconds from opening the socket to having the whole state. */
async function timeJoin(connect: () => Screen, ask: (screen: Screen) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  const screen = connect()
  await screen.ready
  await ask(screen)
  const took = performance.now() - began
  screen.close()
  return took
}

/** A late tablet in a meeting of 5,000 facts, beside a bare socket that sends the same bytes. */
export async function lateJoin(): Promise<Figure> {
  const hub = new Child<HubTasks>(new URL('../live/hub.child.ts', import.meta.url))
  const bare = new Child<BareTasks>(new URL('../live/bare.child.ts', import.meta.url))
  try {
    const { url } = await hub.ask('start', {})
    const { meetingId, cookies } = await hub.ask('meeting', { people, items: 20 })
    const facts = await hub.ask('fill', { meetingId, people, facts: 5000 })
    const bareUrl = await bare.ask('start', undefined as never)
    await bare.ask('setAnswer', JSON.parse(await hub.ask('snapshot', { meetingId })) as never)
    const ours: number[] = []
    const theirs: number[] = []
    for (let repeat = -3; repeat < repeats; repeat += 1) {
      const joined = await timeJoin(
        () => new Screen(url, { path: '/live', query: `meetingId=${meetingId}`, cookie: cookies[1 + (repeat + 3)] ?? '' }),
        (screen) => screen.ask('meeting:join', {}),
      )
      const sent = await timeJoin(() => new Screen(bareUrl, { path: '/live' }), (screen) => screen.ask('snapshot', {}))
      if (repeat < 0) continue
      ours.push(joined)
      theirs.push(sent)
    }
    const limit = 2 * median(theirs) + 50
    return {
      name: `Join of a late tablet, ${facts} facts`, unit: 'ms', ours: median(ours), reference: median(theirs), ratio: median(ours) / median(theirs),
      spread: [Math.min(...ours), Math.max(...ours)], limit: `≤ 2 × bare + 50 ms (${limit.toFixed(0)} ms)`, met: median(ours) <= limit,
      note: 'connect, authenticate, join; beside a bare socket that sends the same snapshot',
    }
  } finally {
    await Promise.all([hub.stop(), bare.stop()])
  }
}
