import { Child, type Tasks } from '../child.ts'
import type { HubTasks } from '../live/hub.child.ts'
import type { Peer } from './peers.ts'
import type { VoterTasks } from './voters.child.ts'

/** A hub, or a peer behind the same edge, with everybody's screens connected and joined. */
export class Side {
  readonly hub: Child<HubTasks>
  readonly voters: Child<VoterTasks>
  #meetingId = ''
  #itemId = ''

  private constructor() {
    this.hub = start<HubTasks>('../live/hub.child.ts')
    this.voters = start<VoterTasks>('./voters.child.ts')
  }

  static async open(people: number, peer?: Peer): Promise<Side> {
    const side = new Side()
    const { url } = await side.hub.ask('start', peer ? { peer } : {})
    const { meetingId, itemIds, cookies } = await side.hub.ask('meeting', { people, items: 1 })
    side.#meetingId = meetingId
    side.#itemId = itemIds[0] ?? ''
    await side.voters.ask('connect', { url, screens: cookies.slice(1).map((cookie) => ({ query: `meetingId=${meetingId}`, cookie, join: true })) })
    return side
  }

  /** Opens a sitting of so many votes, and waits until every screen shows it. */
  async openSitting(count: number): Promise<string[]> {
    await this.voters.ask('listen', { word: '"status":"open"' })
    const voteIds = await this.hub.ask('openSitting', { meetingId: this.#meetingId, itemId: this.#itemId, count })
    await this.voters.ask('heard', undefined as never)
    await this.voters.ask('tidy', undefined as never)
    return voteIds
  }

  /** Closes it; milliseconds from the chair's word until every screen has the result. */
  async closeSitting(voteId: string): Promise<number> {
    await this.voters.ask('listen', { word: 'published"' })
    const closing = await this.hub.ask('closeSitting', { meetingId: this.#meetingId, voteId })
    return await this.voters.ask('heard', undefined as never) - closing
  }

  async stop(): Promise<void> {
    await Promise.all([this.voters.stop(), this.hub.stop()])
  }
}

export function start<T extends Tasks>(file: string): Child<T> {
  return new Child<T>(new URL(file, import.meta.url))
}
