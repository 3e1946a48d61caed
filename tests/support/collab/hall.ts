import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Collab, type CollabParts } from '../../../server/collab/collab.ts'
import { routeUpgrades } from '../../../server/collab/upgrade.ts'
import { openOrigins } from '../../../server/directory/origin.ts'
import type { CollabName, InkLayer } from '../../../shared/contracts/collab.ts'
import { Hall, type HallMeeting } from '../live/hall.ts'
import type { TestHubOptions } from '../hub.ts'
import { BareClient, PlainClient, type Line } from './client.ts'

/** A hub with a meeting in session and a paper, for documents. */
export class DocumentHall {
  readonly hall: Hall
  readonly meeting: HallMeeting
  readonly paperId: string
  readonly #clients: (() => void)[] = []

  private constructor(hall: Hall, meeting: HallMeeting, paperId: string) {
    this.hall = hall
    this.meeting = meeting
    this.paperId = paperId
  }

  static async open(options: TestHubOptions = {}): Promise<DocumentHall> {
    const hall = await Hall.open(options)
    const meeting = await hall.inSession()
    return new DocumentHall(hall, meeting, await meeting.attach(meeting.item))
  }

  ink(layer: InkLayer, ownerId: string, paperId = this.paperId): CollabName {
    return { kind: 'ink', meetingId: this.meeting.meetingId, paperId, version: 1, layer, ownerId }
  }

  common(paperId = this.paperId): CollabName {
    return { kind: 'common', meetingId: this.meeting.meetingId, paperId, version: 1 }
  }

  get minutes(): CollabName {
    return { kind: 'minutes', meetingId: this.meeting.meetingId }
  }

  async line(personId: string): Promise<Line> {
    return { url: this.hall.url, cookie: await this.hall.cookie(personId) }
  }

  async plain(personId: string, name: CollabName | string, options: ConstructorParameters<typeof PlainClient>[2] = {}): Promise<PlainClient> {
    const client = new PlainClient(await this.line(personId), name, options)
    this.#clients.push(() => client.close())
    return client
  }

  async bare(personId: string, name: CollabName | string, query = ''): Promise<BareClient> {
    const client = new BareClient(await this.line(personId), name, query)
    this.#clients.push(() => client.socket.terminate())
    return client
  }

  /** A second host of documents on a port of its own, for the same people and meetings: with another store, or other limits. */
  async beside(parts: Partial<CollabParts>): Promise<{ collab: Collab; line: (personId: string) => Promise<Line>; close: () => Promise<void> }> {
    const { store, directory, hosts } = this.hall.test.hub
    const collab = await Collab.open({ store, directory, hosts, log: pino({ level: 'silent' }), ...parts })
    const server: Server = createServer()
    routeUpgrades(server, openOrigins('http', []), collab)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return {
      collab,
      line: async (personId) => ({ url, cookie: await this.hall.cookie(personId) }),
      async close() {
        await collab.close()
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  }

  async close(): Promise<void> {
    for (const close of this.#clients) close()
    await this.hall.close()
  }
}

export const unique = () => randomUUID().slice(0, 8)
