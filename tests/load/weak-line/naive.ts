import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createWorker } from 'mediasoup'
import type { Consumer, MediaKind, Producer, Router, RtpParameters, RtpCapabilities, WebRtcServer, WebRtcTransport, Worker, DtlsParameters } from 'mediasoup/types'
import type { Browser, Page } from 'playwright-core'
import { until, watchMedia } from '../../support/e2e/media.ts'
import { freePorts } from '../../support/free-port.ts'
import { listen } from '../../support/media/hearing.ts'
import { throughRelay, WeakLine } from '../../support/media/relay.ts'
import { pageOf, type Layer, type OtherRoom } from './other-room.ts'

const sites = 2
interface Peer { send: WebRtcTransport; receive: WebRtcTransport; producers: Producer[] }
interface Asked { peer: number; transportId: string; dtlsParameters: DtlsParameters; kind: MediaKind; rtpParameters: RtpParameters; rtpCapabilities: RtpCapabilities; id: string }

/**
 * The peer of the bench: a room by mediasoup's defaults. One router, transports as they come, both pages consume all that the other sends and mediasoup's own
 * estimate chooses the layers. Two pages as ours are, in the same browser with the same camera and voice; the site's behind a relay of its own.
 */
export class NaiveRoom implements OtherRoom {
  readonly line: WeakLine
  readonly site: Page
  readonly #layers: Layer[] = []
  readonly #peers: Peer[] = []
  readonly #consumers = new Map<string, Consumer>()
  readonly #router: Router
  readonly #media: WebRtcServer
  readonly #http: Server
  readonly #ends: (() => unknown)[]

  private constructor(parts: { line: WeakLine; site: Page; router: Router; media: WebRtcServer; http: Server; ends: (() => unknown)[] }) {
    this.line = parts.line
    this.site = parts.site
    this.#router = parts.router
    this.#media = parts.media
    this.#http = parts.http
    this.#ends = parts.ends
  }

  /** `program`: of mediasoup's worker. */
  static async open(browser: Browser, program: string): Promise<NaiveRoom> {
    const port = await freePorts(1)
    const worker: Worker = await createWorker({ workerBin: program, logLevel: 'error' })
    const media = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1', port }] })
    const router = await worker.createRouter({ mediaCodecs: [
      { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
      { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, parameters: { 'x-google-start-bitrate': 1_000 } },
    ] })
    const http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    const url = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
    const line = await WeakLine.open({ hubUrl: url, mediaPorts: [port] })
    const pages = [await browser.newPage(), await browser.newPage()] as const
    const room = new NaiveRoom({
      line, router, media, http, site: pages[1],
      ends: [() => Promise.all(pages.map((page) => page.close())), () => line.close(), () => http.closeAllConnections(), () => http.close(), () => worker.close()],
    })
    await room.#serve()
    for (const page of pages) await watchMedia(page)
    await pages[1].addInitScript(throughRelay)
    await pages[0].goto(url)
    while (room.#peers.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await pages[1].goto(line.url)
    await until(room.site, ({ audioEnergy, framesDecoded, widest }) => audioEnergy > 0 && framesDecoded > 20 && widest >= 640, 60_000)
    await listen(room.site)
    return room
  }

  /** As mediasoup told. */
  async layers(): Promise<readonly Layer[]> {
    return this.#layers
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end()
  }

  async #serve(): Promise<void> {
    const text = await pageOf('naive-page.ts')
    this.#http.on('request', (request, response) => void (async () => {
      if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(text)
      response.end(JSON.stringify(await this.#answer(request.url ?? '', await bodyOf(request)) ?? null))
    })().catch((error: unknown) => response.writeHead(500).end(String(error))))
  }

  async #answer(path: string, asked: Asked): Promise<unknown> {
    const peer = this.#peers[asked.peer]
    if (path === '/join') return this.#join()
    if (path === '/resume') return void await this.#consumers.get(asked.id)?.resume()
    if (!peer) throw new Error('no such peer')
    if (path === '/connect') return void await [peer.send, peer.receive].find(({ id }) => id === asked.transportId)?.connect({ dtlsParameters: asked.dtlsParameters })
    if (path === '/consume') return this.#consume(peer, asked.rtpCapabilities)
    const producer = await peer.send.produce({ kind: asked.kind, rtpParameters: asked.rtpParameters })
    peer.producers.push(producer)
    return { id: producer.id }
  }

  async #join(): Promise<unknown> {
    const transport = () => this.#router.createWebRtcTransport({ webRtcServer: this.#media })
    const peer: Peer = { send: await transport(), receive: await transport(), producers: [] }
    const told = ({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport) => ({ id, iceParameters, iceCandidates, dtlsParameters })
    return { peer: this.#peers.push(peer) - 1, rtpCapabilities: this.#router.rtpCapabilities, send: told(peer.send), receive: told(peer.receive) }
  }

  /** Everything of everybody else, when all send. */
  async #consume(peer: Peer, rtpCapabilities: RtpCapabilities): Promise<unknown> {
    while (this.#peers.filter(({ producers }) => producers.length === 2).length < sites) await new Promise((resolve) => setTimeout(resolve, 50))
    const consumers: Consumer[] = []
    for (const { id } of this.#peers.filter((other) => other !== peer).flatMap(({ producers }) => producers)) {
      const consumer = await peer.receive.consume({ producerId: id, rtpCapabilities, paused: true })
      this.#consumers.set(consumer.id, consumer)
      consumers.push(consumer)
      // The room joins first, then the site.
      if (consumer.kind === 'video' && peer === this.#peers[1]) consumer.on('layerschange', (layers) => this.#layers.push({ at: Date.now(), layer: layers ? layers.spatialLayer * 3 + (layers.temporalLayer ?? 0) : -1 }))
    }
    return consumers.map(({ id, producerId, kind, rtpParameters }) => ({ id, producerId, kind, rtpParameters }))
  }
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text) as Asked
}
