/** The hub under load, in a process of its own: real store, real edges, people and sessions made without passwords. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub, type TestHub } from '../../support/hub.ts'
import type { Command } from '../../../shared/meeting/command.ts'
import { keepBallotsIn, type Peer } from '../ballots/peers.ts'
import { answerParent, settledMemory } from '../child.ts'

let hub: TestHub
let sent = 0

async function send(meetingId: string, personId: string, command: Command) {
  const outcome = await hub.hub.hosts.execute(meetingId, personId, { ...command, commandId: `bench-${process.pid}-${++sent}` })
  if (!outcome.ok) throw new Error(`${command.type}: ${outcome.refusal.code}`)
  return outcome
}

/** One that has just happened. A peer keeps no log to read it from. */
async function factAt(meetingId: string, seq: number) {
  return (await hub.hub.hosts.find(meetingId))?.stepsSince(seq - 1)?.[0]?.fact
}

const tasks = {
  /** `peer` takes the place of our store for ballots. */
  async start(input: { dataDir?: string; peer?: Peer }) {
    const dataDir = input.dataDir ?? (await mkdtemp(join(tmpdir(), 'giao-ban-bench-')))
    hub = await startHub({ dataDir })
    if (input.peer) await keepBallotsIn(hub.hub, input.peer)
    return { url: hub.url, dataDir, cookieName: hub.hub.directory.cookieName }
  },
  /** A meeting in session with `people` voting members, all present, and `items` agenda items; cookies by person. */
  async meeting({ people, items }: { people: number; items: number }) {
    const ids = Array.from({ length: people }, (_, index) => `member-${index}`)
    await Promise.all(['chair', ...ids].map((id) => hub.addAccount({ id })))
    const participants = ['chair', ...ids].map((personId) => ({
      personId, role: personId === 'chair' ? ('chair' as const) : ('delegate' as const), votes: personId !== 'chair', siteId: null,
    }))
    const now = Date.now()
    const created = await hub.hub.hosts.create('chair', `bench-create-${process.pid}`, {
      title: 'Đo tải', kind: 'meeting', type: 'briefing', body: 'plain', startsAt: now, endsAt: now + 3_600_000, place: '', siteIds: [], participants,
    })
    if (!created.ok) throw new Error(created.refusal.code)
    const { meetingId } = created
    const itemIds: string[] = []
    for (let index = 0; index < items; index += 1) {
      const text = { title: `Nội dung ${index + 1}: báo cáo kinh tế - xã hội`, durationMinutes: 15, unitId: null, presenterId: null, confidential: false, access: [] }
      const { from } = await send(meetingId, 'chair', { type: 'agenda:addItem', data: { ...text, parentId: null } })
      const fact = await factAt(meetingId, from)
      if (fact?.type === 'agenda.itemAdded') itemIds.push(fact.data.itemId)
    }
    await send(meetingId, 'chair', { type: 'meeting:publish', data: {} })
    await send(meetingId, 'chair', { type: 'meeting:open', data: {} })
    await Promise.all(ids.map((personId) => send(meetingId, personId, { type: 'attendance:declare', data: { presence: 'inRoom' } })))
    const sessions = await Promise.all(['chair', ...ids].map((personId) => hub.hub.directory.sessions.begin(personId, '127.0.0.1')))
    return { meetingId, itemIds, cookies: sessions.map(({ token }) => `${hub.hub.directory.cookieName}=${token}`) }
  },
  /** Shows a paper of the item that is on; its id. */
  async present({ meetingId, itemId }: { meetingId: string; itemId: string }) {
    const paperId = `paper-${process.pid}`
    await send(meetingId, 'chair', { type: 'agenda:startItem', data: { itemId } })
    await send(meetingId, 'chair', { type: 'papers:attach', data: { paperId, itemId, title: 'Báo cáo', name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 9 } })
    await send(meetingId, 'chair', { type: 'presentation:start', data: { paperId } })
    return paperId
  },
  /** Opens a fresh sitting of `count` votes on an item; the votes, in order. */
  async openSitting({ meetingId, itemId, count }: { meetingId: string; itemId: string; count: number }) {
    const sittingId = `sitting-${++sent}`
    const text = { title: 'Thông qua báo cáo', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority' } as const
    const voteIds: string[] = []
    for (let index = 0; index < count; index += 1) {
      const { from } = await send(meetingId, 'chair', { type: 'votes:draft', data: { itemId, ...text, ...(count > 1 ? { sittingId } : {}) } })
      const fact = await factAt(meetingId, from)
      if (fact?.type === 'vote.drafted') voteIds.push(fact.data.voteId)
    }
    await send(meetingId, 'chair', { type: 'votes:open', data: { voteId: voteIds[0] ?? '' } })
    return voteIds
  },
  /** Closes all of a sitting; the wall clock when the command was given. */
  async closeSitting({ meetingId, voteId }: { meetingId: string; voteId: string }) {
    const at = performance.timeOrigin + performance.now()
    await send(meetingId, 'chair', { type: 'votes:closeAll', data: { voteId } })
    return at
  },
  /** Makes facts until the log has `facts`: people coming and going, as the chair's desk writes it down. */
  async fill({ meetingId, people, facts }: { meetingId: string; people: number; facts: number }) {
    for (let round = 0; ; round += 1) {
      const host = await hub.hub.hosts.find(meetingId)
      if (!host || host.state.seq >= facts) return host?.state.seq ?? 0
      const presence = round % 2 ? ('inRoom' as const) : ('absent' as const)
      const wanted = Math.min(people, facts - host.state.seq)
      await Promise.all(Array.from({ length: wanted }, (_, index) => send(meetingId, 'chair', { type: 'attendance:declare', data: { personId: `member-${index}`, presence } })))
    }
  },
  /** The JSON of what a late tablet receives. */
  async snapshot({ meetingId }: { meetingId: string }) {
    return JSON.stringify(await hub.hub.hosts.view(meetingId, 'member-0'))
  },
  memory: () => settledMemory(),
  /** CPU microseconds of this process so far. */
  cpu() {
    const { user, system } = process.cpuUsage()
    return user + system
  },
}

export type HubTasks = typeof tasks
answerParent(tasks)
