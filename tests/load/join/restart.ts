import { rm } from 'node:fs/promises'
import { Child } from '../child.ts'
import { withinLimit, type Figure } from '../figure.ts'
import type { HubTasks } from '../live/hub.child.ts'
import { Screen } from '../screen.ts'

const people = 500
const facts = 100_000
const repeats = 5

/** A hub killed and started again on a meeting of 100,000 facts: from opening its parts to the first tablet that has joined. */
export async function restart(): Promise<Figure> {
  const file = new URL('../live/hub.child.ts', import.meta.url)
  let hub = new Child<HubTasks>(file)
  const { dataDir } = await hub.ask('start', {})
  try {
    const { meetingId, cookies } = await hub.ask('meeting', { people, items: 20 })
    const reached = await hub.ask('fill', { meetingId, people, facts })
    const times: number[] = []
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      await hub.stop('SIGKILL')
      hub = new Child<HubTasks>(file)
      // The process is up and its code loaded; what is timed is the hub on its data.
      await hub.ask('cpu', undefined as never)
      const began = performance.now()
      const { url } = await hub.ask('start', { dataDir })
      const screen = new Screen(url, { path: '/live', query: `meetingId=${meetingId}`, cookie: cookies[1] ?? '' })
      await screen.ready
      const answer = await screen.ask<{ ok: boolean; view: { seq: number } }>('meeting:join', {})
      times.push(performance.now() - began)
      if (!answer.ok || answer.view.seq !== reached) throw new Error('the restarted hub does not know all facts')
      screen.close()
    }
    return withinLimit(`Hub restarted on a meeting of ${reached} facts serves it`, 'ms', times, 1000, 'after SIGKILL; from opening the store to a tablet that has joined')
  } finally {
    await hub.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}
