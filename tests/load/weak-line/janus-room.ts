import { once } from 'node:events'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { until, watchMedia } from '../../support/e2e/media.ts'
import { freePorts } from '../../support/free-port.ts'
import { listen } from '../../support/media/hearing.ts'
import { WeakLine } from '../../support/media/relay.ts'
import { Janus, roomId } from '../media/janus.ts'
import { pageOf, type Layer, type OtherRoom } from './other-room.ts'

/** Of two connections each for the two pages, and some to spare. */
const ports = 8
const relay = '127.0.0.2'

/** A peer of the bench: Debian's Janus with its VideoRoom as it is installed, and pages as Janus's own example is one. */
export class JanusRoom implements OtherRoom {
  readonly line: WeakLine
  readonly site: Page
  readonly #ends: (() => unknown)[]

  private constructor(line: WeakLine, site: Page, ends: (() => unknown)[]) {
    this.line = line
    this.site = site
    this.#ends = ends
  }

  /** Janus never takes loopback: where there is no other address, or no Janus, why. */
  static missing(): string | null {
    if (!Janus.atHand()) return 'Debian’s janus is missing'
    return address() === undefined ? 'this machine has no address besides loopback' : null
  }

  static async open(browser: Browser): Promise<JanusRoom> {
    const media = address() ?? ''
    const first = await freePorts(ports)
    const all = Array.from({ length: ports }, (_none, at) => first + at)
    const janus = await Janus.open([first, first + ports - 1])
    const text = await pageOf('janus-page.ts')
    const http = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(text)).listen(0, '127.0.0.1')
    await once(http, 'listening')
    const bound = http.address()
    const url = `http://localhost:${typeof bound === 'object' ? bound?.port : 0}`
    const line = await WeakLine.open({ hubUrl: janus.url.replace('ws:', 'http:'), mediaPorts: all, mediaAddress: media })
    const [near, site] = [await browser.newPage(), await browser.newPage()]
    const room = new JanusRoom(line, site, [() => near.close(), () => site.close(), () => line.close(), () => http.closeAllConnections(), () => http.close(), () => janus.close()])
    try {
      for (const page of [near, site]) await watchMedia(page)
      const asked = (more: Record<string, string>) => `${url}/?${new URLSearchParams({ room: String(roomId), media, ...more }).toString()}`
      await near.goto(asked({ socket: janus.url, own: '1', other: '2' }))
      await site.goto(asked({ socket: line.url.replace('http:', 'ws:'), own: '2', other: '1', relay }))
      await until(site, ({ audioEnergy, framesDecoded, widest }) => audioEnergy > 0 && framesDecoded > 20 && widest >= 640, 60_000)
      await listen(site)
      return room
    } catch (error) {
      await room.close()
      throw error
    }
  }

  /** As the page was told. */
  layers(): Promise<readonly Layer[]> {
    return this.site.evaluate(() => (window as unknown as { layers: Layer[] }).layers)
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end()
  }
}

function address(): string | undefined {
  return Object.values(networkInterfaces()).flat().find((one) => one && !one.internal && one.family === 'IPv4')?.address
}
