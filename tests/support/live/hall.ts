import { randomUUID } from 'node:crypto'
import type { SentCommand } from '../../../server/meetings/host.ts'
import { logIdOf } from '../../../server/meetings/meeting-log.ts'
import type { UploadState } from '../../../shared/contracts/http/papers.ts'
import type { Command, Commands, CommandType } from '../../../shared/meeting/command.ts'
import type { Fact, Facts, FactType } from '../../../shared/meeting/fact.ts'
import { theHub } from '../../../server/directory/actor.ts'
import { startHub, type TestHub, type TestHubOptions } from '../hub.ts'
import { details, participants, people } from '../meeting/history.ts'
import { LiveClient, type ClientOptions } from './client.ts'
import { sessionFor } from './session.ts'

/** A hub whose directory holds everybody of the example meetings (history.ts); `secretary` is an office's account. */
export class Hall {
  readonly test: TestHub
  readonly #cookies = new Map<string, string>()
  readonly #clients: LiveClient[] = []

  private constructor(test: TestHub) {
    this.test = test
  }

  static async open(options: TestHubOptions = {}): Promise<Hall> {
    return new Hall(await startHub(options)).#furnish()
  }

  /** Opens again on a folder that another hall has left. */
  static async reopen(options: TestHubOptions): Promise<Hall> {
    return new Hall(await startHub(options))
  }

  async #furnish(): Promise<Hall> {
    const { directory } = this.test.hub
    await Promise.all([...people, 'admin'].map((id) => this.test.addAccount({ id, roles: id === 'secretary' ? ['office'] : id === 'admin' ? ['administrator'] : [] })))
    for (const [order, id] of details.siteIds.entries()) await directory.sites.add({ id, name: `Điểm cầu ${id}`, shortName: '', order }, theHub)
    return this
  }

  get url(): string {
    return this.test.url
  }

  async cookie(personId: string): Promise<string> {
    const known = this.#cookies.get(personId) ?? (await sessionFor(this.test, personId)).cookie
    this.#cookies.set(personId, known)
    return known
  }

  /** A joined screen; closed with the hall. */
  async screen(personId: string, meetingId: string, options?: ClientOptions): Promise<LiveClient> {
    return this.keep(await LiveClient.open(this, await this.cookie(personId), meetingId, options))
  }

  keep(client: LiveClient): LiveClient {
    this.#clients.push(client)
    return client
  }

  /** A draft meeting of the example people with an open and a confidential item. */
  async draft({ siteIds = details.siteIds }: { siteIds?: readonly string[] } = {}): Promise<HallMeeting> {
    const { meetingId, ...outcome } = await this.test.hub.hosts.create('secretary', randomUUID(), { ...details, siteIds: [...siteIds], participants })
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    const meeting = new HallMeeting(this, meetingId)
    meeting.item = await meeting.addItem('Tình hình kinh tế - xã hội')
    meeting.secret = await meeting.addItem('Công tác nhân sự quý IV', { confidential: true, access: ['an'] })
    return meeting
  }

  /** In session, all voting members present. */
  async inSession(): Promise<HallMeeting> {
    const meeting = await this.draft()
    await meeting.do('secretary', 'meeting:publish', {})
    await meeting.do('chair', 'meeting:open', {})
    for (const { personId, votes } of participants) if (votes) await meeting.do(personId, 'attendance:declare', { presence: 'inRoom' })
    return meeting
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close()
    await this.test.stop()
  }
}

/** One meeting, led from inside the hub: to set scenes; what a test is about goes over sockets. */
export class HallMeeting {
  readonly hall: Hall
  readonly meetingId: string
  item = ''
  secret = ''

  constructor(hall: Hall, meetingId: string) {
    this.hall = hall
    this.meetingId = meetingId
  }

  screen(personId: string, options?: ClientOptions): Promise<LiveClient> {
    return this.hall.screen(personId, this.meetingId, options)
  }

  /** Which facts it caused. @throws Error when refused */
  async execute<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<{ from: number; to: number }> {
    const outcome = await this.hall.test.hub.hosts.execute(this.meetingId, personId, { ...({ type, data } as Command), commandId: randomUUID() } as SentCommand)
    if (!outcome.ok) throw new Error(`${type} of ${personId}: ${outcome.refusal.code}`)
    return outcome
  }

  /** The facts it caused. @throws Error when refused */
  async do<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<Fact[]> {
    const { from, to } = await this.execute(personId, type, data)
    return (await this.log(from - 1)).filter(({ seq }) => seq >= from && seq <= to)
  }

  async addItem(title: string, more: Partial<Commands['agenda:addItem']> = {}): Promise<string> {
    const data = { title, durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null, ...more }
    return dataOf(await this.do('secretary', 'agenda:addItem', data), 'agenda.itemAdded').itemId
  }

  /** A paper that has only its record: nobody asks for its bytes here. */
  async attach(itemId: string, title = 'Báo cáo tháng'): Promise<string> {
    const paperId = randomUUID()
    await this.do('secretary', 'papers:attach', { paperId, itemId, title, name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 9 })
    return paperId
  }

  /** A paper with its bytes, sent as a secretary's page sends them. @throws Error when refused */
  async upload(itemId: string, bytes: Buffer, name = 'Báo cáo tháng.pdf'): Promise<string> {
    const query = new URLSearchParams({ itemId, name, uploadId: randomUUID() })
    const response = await fetch(`${this.hall.url}/api/meetings/${this.meetingId}/papers?${query}`, {
      method: 'POST', body: bytes as BodyInit, headers: { origin: this.hall.url, cookie: await this.hall.cookie('secretary'), 'content-type': 'application/pdf' },
    })
    const { paper } = (await response.json()) as UploadState
    if (!paper) throw new Error(`${name}: ${response.status}`)
    return paper.paperId
  }

  /** A named vote on a question, unless `more` says otherwise. */
  async draftVote(itemId = this.item, more: Partial<Commands['votes:draft']> = {}): Promise<string> {
    const data = { itemId, title: 'Thông qua nghị quyết', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority', ...more } as const
    return dataOf(await this.do('secretary', 'votes:draft', data), 'vote.drafted').voteId
  }

  async openVote(itemId = this.item, more: Partial<Commands['votes:draft']> = {}): Promise<string> {
    const voteId = await this.draftVote(itemId, more)
    await this.do('chair', 'votes:open', { voteId })
    return voteId
  }

  async log(sinceSeq = 0): Promise<Fact[]> {
    const facts: Fact[] = []
    for await (const append of this.hall.test.hub.store.logs.read(logIdOf(this.meetingId), sinceSeq)) facts.push(...(append.facts as unknown as Fact[]))
    return facts
  }

  async head(): Promise<{ lastSeq: number; hash: string } | null> {
    return this.hall.test.hub.store.logs.head(logIdOf(this.meetingId))
  }
}

export function dataOf<T extends FactType>(facts: readonly Fact[], type: T): Facts[T] {
  const found = facts.find((fact) => fact.type === type)
  if (!found) throw new Error(`no ${type}`)
  return found.data as Facts[T]
}
