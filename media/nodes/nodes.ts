import type { Logger } from 'pino'
import type { MediaAvailability } from '../../shared/contracts/media-availability.ts'
import type { RtpCapabilities } from '../../shared/contracts/media-parameters.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { MediaControl } from '../control.ts'
import type { Recordings } from '../recording/recordings.ts'
import type { WorkerLoad } from '../sfu/pool.ts'
import { NodeLink, type NodeAddress } from './node-link.ts'
import { openSpanningRoom } from './spanning-room.ts'

export interface NodesSettings {
  /** The first is taken for whoever has none of his own. */
  nodes: readonly NodeAddress[]
  secret: string
  /** The name of the node near a site (null: the main room); null: none in particular. */
  nearest(siteId: string | null): Promise<string | null>
}

/** Milliseconds that a process that went away is waited for before it is said that there is no video: whoever watches it has started it again by then. */
const backWithin = 3_000

/**
 * The control contract of `media` by processes of their own, on this machine or others. What one of them has written down is joined here: it
 * and the hub have the same folder of recordings.
 */
export function openNodes({ nodes, secret, nearest }: NodesSettings, recordings: Recordings, log: Pick<Logger, 'info' | 'warn'>): MediaControl {
  const listeners = new Set<(availability: MediaAvailability) => void>()
  const waiting = new Set<() => void>()
  const settled = new Set<() => void>()
  let links: NodeLink[] = []
  let availability: MediaAvailability = { state: 'absent' }
  let missed: NodeJS.Timeout | null = null
  let closed = false

  const become = (next: MediaAvailability) => {
    if (closed || JSON.stringify(next) === JSON.stringify(availability)) return
    log.info({ media: next }, 'media')
    availability = next
    for (const listener of listeners) listener(next)
    for (const look of [...settled]) look()
  }
  const stopMissing = () => {
    if (missed) clearTimeout(missed)
    missed = null
  }
  const unreachable = (): MediaAvailability => ({ state: 'failed', reason: 'unreachable', packages: [], detail: nodes.map(({ name, host, port }) => `${name}=${host}:${port}`).join(',') })

  function changed(): void {
    const known = links.flatMap((link) => link.availability ?? [])
    const best = known.find(({ state }) => state === 'ready') ?? known.find(({ state }) => state !== 'failed') ?? known[0]
    if (best?.state === 'ready') {
      stopMissing()
      become(best)
      for (const look of [...waiting, ...settled]) look()
      return
    }
    // Until then it stays what it was: whoever asks meanwhile waits.
    missed ??= setTimeout(() => {
      missed = null
      if (!links.some(({ ready }) => ready)) become(links.map((link) => link.availability).find((one) => one !== null) ?? unreachable())
    }, backWithin)
    if (best && availability.state !== 'ready') become(best)
  }

  /** @throws Refused `media.notReady` */
  async function chosen(siteId: string | null): Promise<NodeLink> {
    const wanted = await nearest(siteId)
    return new Promise((resolve, reject) => {
      const done = () => {
        waiting.delete(look)
        clearTimeout(late)
      }
      const late = setTimeout(() => {
        done()
        reject(new Refused('media.notReady'))
      }, availability.state === 'ready' ? backWithin : 0)
      const look = () => {
        const link = links.find(({ name, ready }) => ready && name === wanted) ?? links.find(({ ready }) => ready)
        if (!link) return
        done()
        resolve(link)
      }
      waiting.add(look)
      look()
    })
  }

  return {
    get availability() { return availability },
    onAvailability(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    obtain() {
      if (closed) return Promise.resolve(availability)
      if (links.length === 0) {
        become({ state: 'starting' })
        links = nodes.map((address) => new NodeLink({ address, secret, log, onChange: changed }))
        changed()
      }
      // All of them are tried before the first room begins at one.
      return new Promise((resolve) => {
        const look = () => {
          if ((availability.state !== 'ready' || links.some(({ tried }) => !tried)) && availability.state !== 'failed') return
          settled.delete(look)
          resolve(availability)
        }
        settled.add(look)
        look()
      })
    },
    async openRoom(roomId, listener) {
      if (availability.state !== 'ready') throw new Refused('media.notReady')
      return openSpanningRoom({ roomId, listener, log, choose: chosen })
    },
    capabilities: async () => await (await chosen(null)).askNode('capabilities') as RtpCapabilities,
    loads: async () => (await Promise.all(links.filter(({ ready }) => ready).map((link) => link.askNode('loads') as Promise<WorkerLoad[]>))).flat(),
    ...recordings.control(),
    async close() {
      closed = true
      stopMissing()
      listeners.clear()
      for (const link of links) link.close()
      await recordings.close()
    },
  }
}
