import { Child } from '../child.ts'
import { compare, type Figure } from '../figure.ts'
import type { BareTasks } from '../live/bare.child.ts'
import type { HubTasks } from '../live/hub.child.ts'
import { start } from './side.ts'
import type { VoterTasks } from './voters.child.ts'

const repeats = 3
const nothing = undefined as never

/** Heap and buffers that one delegate's screen costs the hub, beside a bare Socket.IO connection; after a collection, on fresh processes. */
export async function memoryPerDelegate(people: number): Promise<Figure> {
  const ours: number[] = []
  const bare: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    ours.push(await withHub(people))
    bare.push(await withBare(people))
  }
  return compare(`Memory of one connected delegate (${people} in one meeting)`, 'kB', ours, bare, { atMost: 1.5 }, 'heap and buffers, after a collection; beside a bare Socket.IO connection in one room')
}

async function withHub(people: number): Promise<number> {
  const hub = start<HubTasks>('../live/hub.child.ts')
  try {
    const { url } = await hub.ask('start', {})
    const { meetingId, cookies } = await hub.ask('meeting', { people, items: 10 })
    return await perScreen(hub, url, cookies.slice(1).map((cookie) => ({ query: `meetingId=${meetingId}`, cookie, join: true })))
  } finally {
    await hub.stop()
  }
}

async function withBare(people: number): Promise<number> {
  const bare = start<BareTasks>('../live/bare.child.ts')
  try {
    const url = await bare.ask('start', nothing)
    return await perScreen(bare, url, Array.from({ length: people }, () => ({ query: 'one=1', join: false })))
  } finally {
    await bare.stop()
  }
}

/** The first tenth is not counted: what every server makes once, it makes for them. */
async function perScreen(server: Child<HubTasks> | Child<BareTasks>, url: string, screens: { query: string; cookie?: string; join: boolean }[]): Promise<number> {
  const [early, counted] = [start<VoterTasks>('./voters.child.ts'), start<VoterTasks>('./voters.child.ts')]
  try {
    const tenth = Math.ceil(screens.length / 10)
    await early.ask('connect', { url, screens: screens.slice(0, tenth) })
    const before = await (server as Child<BareTasks>).ask('memory', nothing)
    await counted.ask('connect', { url, screens: screens.slice(tenth) })
    const after = await (server as Child<BareTasks>).ask('memory', nothing)
    return (after - before) / (screens.length - tenth) / 1024
  } finally {
    await Promise.all([early.stop(), counted.stop()])
  }
}
