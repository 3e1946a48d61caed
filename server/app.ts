/** The composition of the hub: every part, in the order in which they need each other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Logger } from 'pino'
import { openMedia, type MediaControl } from '../media/control.ts'
import { openAudit, type Audit } from './audit/audit.ts'
import { Bridge } from './bridge/bridge.ts'
import { RoomCodes } from './bridge/codes.ts'
import { DoorTokens } from './bridge/door-tokens.ts'
import { SecretVotes } from './ballots/secret-votes.ts'
import { lanAddresses, mediaAddresses, urlOf } from './addresses.ts'
import { Collab, type CollabParts } from './collab/collab.ts'
import { routeUpgrades } from './collab/upgrade.ts'
import { isBehindProxy, isLoopbackHost, type Config } from './config.ts'
import { openDirectory, type Directory } from './directory/directory.ts'
import { doorRoutes } from './http/doors.ts'
import { openHttpEdge } from './http/edge.ts'
import { openPlainEdge } from './http/plain-edge.ts'
import { openOrigins, type Origins } from './directory/origin.ts'
import { mediaNodes } from './media-nodes.ts'
import { lookUp } from './meetings/directory-lookup.ts'
import { MeetingHosts } from './meetings/hosts.ts'
import { auditRights } from './meetings/rights-audit.ts'
import { Live } from './live/live.ts'
import { openChanges, type Changes } from './papers/changes.ts'
import { openContents, type Contents } from './papers/contents/contents.ts'
import { openPapers, type Papers } from './papers/papers.ts'
import { openPaperRecords } from './papers/records.ts'
import { MeetingRecordings } from './recordings/recordings.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/port.ts'

export interface Hub {
  readonly config: Config
  readonly log: Logger
  readonly store: Store
  readonly audit: Audit
  readonly directory: Directory
  readonly hosts: MeetingHosts
  readonly papers: Papers
  readonly contents: Contents
  readonly changes: Changes
  readonly origins: Origins
  readonly collab: Collab
  readonly media: MediaControl
  readonly recordings: MeetingRecordings
  /** The HTTP edge; `app.server` is the server that WebSocket upgrades arrive at. */
  readonly app: FastifyInstance
  /** Starts listening; the port in use. */
  listen(): Promise<number>
  /** With HTTPS: starts the plain port beside it; the address of its page. Null without HTTPS. */
  listenForCertificate(): Promise<string | null>
  /** Ends everything in order: no new requests, open ones answered, the store closed last. */
  close(): Promise<void>
}

export interface HubOptions {
  config: Config
  log: Logger
  /** The built client; null serves none. */
  clientDir: string | null
  now?: () => number
  /** Told of every HTTP route, for whoever wants to list them. */
  onRoute?: (route: RouteOptions) => void
  /** Other limits of documents, for whoever tries them out. */
  collab?: Pick<CollabParts, 'limits' | 'access'>
}

export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

export async function openHub({ config, log, clientDir, now = Date.now, onRoute = () => {}, collab: tried = {} }: HubOptions): Promise<Hub> {
  const store = await openStore({ dataDir: config.dataDir, mongodbUrl: config.mongodbUrl ?? undefined })
  try {
    const audit = openAudit(store.logs, now)
    const secureCookies = config.tls !== null || config.publicOrigins.some(origin => origin.startsWith('https:'))
    const sessionLimits = { idle: config.sessionIdle, absolute: config.sessionAbsolute }
    const reachable = !isLoopbackHost(config.host) || isBehindProxy(config)
    const directory = await openDirectory({ store, audit, log, sessionLimits, secureCookies, reachable, now })
    const origins = openOrigins(config.tls ? 'https' : 'http', config.publicOrigins)
    const secretVotes = new SecretVotes(config.keysDir, log)
    const hosts = await MeetingHosts.open({ store, directory: lookUp(directory.accounts, directory.sites), secretVotes, log })
    hosts.onPublish((meetingId, steps) => auditRights(audit, log, meetingId, steps))
    const papers = await openPapers({ store, meetings: hosts, folder: join(config.dataDir, 'uploads'), conversionFolder: join(config.dataDir, 'conversion'), stampingFolder: join(config.dataDir, 'stamping'), bindingFolder: join(config.dataDir, 'binding'), officeFolder: config.officeDir, uploadLimit: config.uploadLimit, log, now })
    const contents = await openContents({ store, meetings: hosts, papers: await openPaperRecords(store.records), log })
    hosts.onPublish((_meetingId, steps) => { for (const { fact } of steps) if ('sha256' in fact.data) contents.want(fact.data.sha256) })
    const changes = openChanges({ hosts, contents, log })
    hosts.onPublish(changes.heed)
    const ports = () => ({ hub: portOf(app) ?? config.port, plain: plain && portOf(plain) })
    const plain = config.tls ? await openPlainEdge(config, log, ports) : null
    const media = openMedia({ mode: config.media, workerProgram: config.mediaWorker, cacheDir: config.cacheDir, prebuiltBase: config.mediaPrebuilt, mayInstall: config.demo, listen: mediaAddresses(config), port: config.mediaPort, recordingsDir: config.recordingsDir, nodes: mediaNodes(config, directory.sites) }, log)
    const recordings = await MeetingRecordings.open({ records: store.records, hosts, media, folder: config.recordingsDir, log, now })
    const app = await openHttpEdge({ config, log, store, audit, directory, hosts, papers, contents, recordings, origins, version, clientDir, now, ports, onRoute })
    const bridge = new Bridge({ hosts, media, codes: await RoomCodes.open(store.records), tokens: await DoorTokens.open(store.records, now), audit, turn: config.turn, cameraNetworks: config.cameraNetworks, log, now })
    await doorRoutes(app, bridge.doors)
    const live = new Live({ server: app.server, directory, origins, hosts, bridge, log, now })
    const collab = await Collab.open({ store, directory, hosts, log, ...tried })
    routeUpgrades(app.server, origins, collab)
    await recordings.resume()

    return {
      config, log, store, audit, directory, hosts, papers, contents, changes, origins, collab, media, recordings, app,
      async listen() {
        await app.listen({ port: config.port, host: config.host })
        return ports().hub
      },
      async listenForCertificate() {
        if (!plain) return null
        await plain.listen({ port: config.certificatePort ?? 0, host: config.host })
        const host = reachable ? lanAddresses()[0] ?? 'localhost' : 'localhost'
        return `${urlOf('http', host, ports().plain ?? 0)}/certificate`
      },
      async close() {
        await Promise.all([live.close(), collab.close()])
        bridge.close()
        // Both ways: what is being made is broken off by the one and heard of by the other.
        await Promise.all([recordings.close(), media.close()])
        await Promise.all([app.close(), plain?.close()])
        await papers.close()
        await contents.close()
        await hosts.close()
        directory.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function portOf(app: FastifyInstance): number | null {
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : null
}
