import { randomUUID } from 'node:crypto'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { theHub } from '../../../server/directory/actor.ts'
import type { Commands } from '../../../shared/meeting/command.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { startHub, type TestHub, type TestHubOptions } from '../hub.ts'
import { LiveClient } from '../live/client.ts'
import { sessionFor } from '../live/session.ts'

export interface Voter { personId: string; siteId: string | null }

/** A hub with one meeting in session that votes in secret, and a screen for each of its people. */
export class SecretHall {
  readonly test: TestHub
  readonly meetingId: string
  readonly itemId: string
  readonly voters: readonly Voter[]
  readonly chair: LiveClient
  readonly screens: ReadonlyMap<string, LiveClient>

  private constructor(test: TestHub, meetingId: string, itemId: string, voters: readonly Voter[], chair: LiveClient, screens: ReadonlyMap<string, LiveClient>) {
    this.test = test
    this.meetingId = meetingId
    this.itemId = itemId
    this.voters = voters
    this.chair = chair
    this.screens = screens
  }

  static async open(voters: readonly Voter[], options: TestHubOptions = {}): Promise<SecretHall> {
    const test = await startHub(options)
    const { hub } = test
    const siteIds = [...new Set(voters.flatMap(({ siteId }) => siteId ?? []))]
    for (const [order, id] of siteIds.entries()) await hub.directory.sites.add({ id, name: `Điểm cầu ${id}`, shortName: '', order }, theHub)
    for (const id of ['chair', ...voters.map(({ personId }) => personId)]) await test.addAccount({ id })
    const { meetingId } = await hub.hosts.create('chair', randomUUID(), {
      title: 'Kỳ họp', kind: 'councilSession', type: 'regular', body: 'plain', startsAt: Date.now(), endsAt: Date.now() + 7_200_000, place: 'Hội trường', siteIds,
      participants: [{ personId: 'chair', role: 'chair', votes: false, siteId: null }, ...voters.map((voter) => ({ ...voter, role: 'delegate' as const, votes: true }))],
    })
    const chair = await LiveClient.open(test, (await sessionFor(test, 'chair')).cookie, meetingId)
    await must(chair.send('agenda:addItem', { title: 'Công tác nhân sự', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null }))
    await must(chair.send('meeting:publish', {}))
    await must(chair.send('meeting:open', {}))
    const itemId = Object.keys((await chair.waitFor(({ items, lifecycle }) => Object.keys(items).length === 1 && lifecycle.status === 'inSession')).items)[0] as string
    const screens = new Map<string, LiveClient>()
    for (const { personId, siteId } of voters) {
      const screen = await LiveClient.open(test, (await sessionFor(test, personId)).cookie, meetingId)
      await must(screen.send('attendance:declare', siteId === null ? { presence: 'inRoom' } : { presence: 'atSite', siteId }))
      screens.set(personId, screen)
    }
    return new SecretHall(test, meetingId, itemId, voters, chair, screens)
  }

  /** A secret draft; its id. */
  async draft(more: Partial<Commands['votes:draft']> = {}): Promise<string> {
    const title = `Bỏ phiếu ${randomUUID()}`
    await must(this.chair.send('votes:draft', { itemId: this.itemId, title, method: 'secret', matter: { kind: 'question' }, preset: 'castMajority', ...more }))
    const view = await this.chair.waitFor(({ votes }) => Object.values(votes).some((vote) => vote.title === title))
    return Object.values(view.votes).find((vote) => vote.title === title)!.voteId
  }

  async openVote(more: Partial<Commands['votes:draft']> = {}): Promise<string> {
    const voteId = await this.draft(more)
    await must(this.chair.send('votes:open', { voteId }))
    return voteId
  }

  async cast(voteId: string, personId: string, marked: readonly (Choice | string)[]): Promise<void> {
    const screen = this.screens.get(personId)!
    const { votes } = await screen.waitFor((view) => view.votes[voteId]?.status === 'open')
    const { matter, publicKey } = votes[voteId]!
    const sealed = await sealBallot({ meetingId: this.meetingId, voteId, personId }, matter, publicKey!, marked)
    await must(screen.send('votes:cast', { voteId, sealed }))
  }

  async castAll(voteId: string, choices: readonly Choice[]): Promise<void> {
    for (const [index, { personId }] of this.voters.entries()) await this.cast(voteId, personId, [choices[index]!])
  }

  /** Closed, counted and published, as the chair's screen is told. */
  async close(voteId: string): Promise<VoteView> {
    await must(this.chair.send('votes:close', { voteId }))
    return (await this.chair.waitFor(({ votes }) => votes[voteId]?.status === 'published')).votes[voteId]!
  }

  async end(): Promise<void> {
    for (const screen of [this.chair, ...this.screens.values()]) screen.close()
    await this.test.stop()
  }
}

async function must(sent: ReturnType<LiveClient['send']>): Promise<void> {
  const answer = await sent
  if (!answer.ok) throw new Error(answer.code)
}
