/**
 * A process of its own: a real hub in which fifty people at six sites vote in secret, many times, each ballot sealed as a tablet
 * seals it. Their choices hang on something an attacker can see (order, hesitation, site, person), in a direction that is drawn
 * anew for each vote, so that knowing the direction would tell nearly all, and nobody can know it beforehand. The truth goes to a file of its own.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { destination, pino } from 'pino'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { openHub } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import { theHub } from '../../../server/directory/actor.ts'
import { checkCommand } from '../../../server/live/checks.ts'
import type { SentCommand } from '../../../server/meetings/host.ts'
import type { Command, Commands, CommandType } from '../../../shared/meeting/command.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { random } from '../papers/random.ts'
import type { Simulation, TrueBallot } from './simulation.ts'

const { folder, truth, seed, votes, backupEach, keysWithinData } = JSON.parse(process.argv[2] ?? '') as Simulation
const chance = random(seed)
const drivers = ['order', 'hesitation', 'site', 'person'] as const

/** Sites come in pairs of one size: whichever side a site takes, the sums look alike. */
const sites = [11, 11, 11, 11, 3, 3].map((size, index) => ({ id: `site-${index + 1}`, size }))
const voters = sites.flatMap(({ id, size }) => Array.from({ length: size }, (_, index) => ({ personId: `${id}-voter-${index + 1}`, siteId: id })))

let clock = Date.UTC(2026, 10, 20, 1)
Date.now = () => clock

const dataDir = join(folder, 'data')
await mkdir(join(folder, 'output'), { recursive: true })
const config = { ...readConfig({ PORT: '0', DEMO: '0', MEDIA: 'off', DATA_DIR: dataDir }), keysDir: keysWithinData ? join(dataDir, 'keys') : join(folder, 'keys') }
const log = pino({ level: 'trace' }, destination({ dest: join(folder, 'output', 'hub.log'), sync: true }))
const hub = await openHub({ config, log, clientDir: null })
const meetingId = await prepareMeeting()
const host = (await hub.hosts.find(meetingId))!
const truths: TrueBallot[] = []
for (let round = 1; round <= votes; round += 1) await holdVote(round)
await hub.close()
await writeFile(truth, JSON.stringify(truths))

async function prepareMeeting(): Promise<string> {
  for (const [order, { id }] of sites.entries()) await hub.directory.sites.add({ id, name: `Điểm cầu ${id}`, shortName: '', order }, theHub)
  for (const id of ['chair', 'secretary', ...voters.map(({ personId }) => personId)]) {
    await hub.directory.accounts.addKnown({ id, username: id, name: `Nguyễn Văn ${id}`, position: '', unitId: null, siteId: null, roles: [], passwordHash: '', demoPassword: false }, theHub)
  }
  const made = await hub.hosts.create('secretary', 'the-meeting', {
    title: 'Kỳ họp', kind: 'councilSession', type: 'regular', body: 'plain', startsAt: clock, endsAt: clock + 7_200_000, place: 'Hội trường', siteIds: sites.map(({ id }) => id),
    participants: [{ personId: 'chair', role: 'chair', votes: false, siteId: null }, { personId: 'secretary', role: 'secretary', votes: false, siteId: null }, ...voters.map(({ personId, siteId }) => ({ personId, role: 'delegate' as const, votes: true, siteId }))],
  })
  if (!made.ok) throw new Error(made.refusal.code)
  const send = (personId: string, type: CommandType, data: object) => execute(made.meetingId, personId, type, data as never)
  await send('secretary', 'agenda:addItem', { title: 'Nhân sự', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null })
  await send('secretary', 'meeting:publish', {})
  await send('secretary', 'meeting:open', {})
  for (const { personId, siteId } of voters) await send(personId, 'attendance:declare', { presence: 'atSite', siteId })
  return made.meetingId
}

/** By the same checks as from a socket: the schema, then the host's permissions and rules. */
async function execute<T extends CommandType>(where: string, personId: string, type: T, data: Commands[T]): Promise<void> {
  const commandId = Array.from({ length: 4 }, () => chance.below(2 ** 32).toString(16).padStart(8, '0')).join('')
  const checked = checkCommand(type, { commandId, data })
  if ('wrong' in checked) throw new Error(`${type}: ${JSON.stringify(checked.wrong)}`)
  const outcome = await hub.hosts.execute(where, personId, { type, data, commandId } as Command & { commandId: string } as SentCommand)
  if (!outcome.ok) throw new Error(`${type} of ${personId}: ${outcome.refusal.code}`)
}

async function holdVote(round: number): Promise<void> {
  const itemId = Object.keys(host.state.items)[0] as string
  await execute(meetingId, 'secretary', 'votes:draft', { itemId, title: `Bỏ phiếu lần ${round}`, method: 'secret', matter: { kind: 'question' }, preset: 'castMajority' })
  const voteId = Object.keys(host.state.votes).at(-1) as string
  clock += 20_000
  await execute(meetingId, 'secretary', 'votes:open', { voteId })
  const publicKey = host.state.votes[voteId]?.publicKey ?? ''
  const driver = chance.pick(drivers)
  const direction = chance.below(2)
  const order = shuffled(voters)
  const hesitant = new Set(half(order))
  const inclined = new Set(half(order))
  const sideOfSite = new Map(sites.map(({ id }, index) => [id, index % 2]))
  // Within each pair it is drawn which one takes which side.
  for (let pair = 0; pair < sites.length; pair += 2) if (chance.below(2)) for (const at of [pair, pair + 1]) sideOfSite.set(sites[at]!.id, 1 - (at % 2))
  for (const [place, voter] of order.entries()) {
    clock += hesitant.has(voter) ? 3000 + chance.below(2000) : 200 + chance.below(800)
    const side = { order: place < order.length / 2 ? 0 : 1, hesitation: hesitant.has(voter) ? 1 : 0, site: sideOfSite.get(voter.siteId)!, person: inclined.has(voter) ? 1 : 0 }[driver]
    const choice = choose(side === direction)
    const sealed = await sealBallot({ meetingId, voteId, personId: voter.personId }, { kind: 'question' }, publicKey, [choice])
    await execute(meetingId, voter.personId, 'votes:cast', { voteId, sealed })
    truths.push({ voteId, personId: voter.personId, choice })
  }
  if (round % backupEach === 0) await cp(dataDir, join(folder, 'backups', `during-${round}`), { recursive: true })
  clock += 5000
  const published = new Promise<void>((resolve) => {
    const stop = host.onPublish((steps) => {
      if (steps.some(({ fact }) => fact.type === 'vote.published' && fact.data.voteId === voteId)) resolve(stop() as unknown as void)
    })
  })
  await execute(meetingId, 'secretary', 'votes:close', { voteId })
  await published
}

function choose(inclined: boolean): Choice {
  const drawn = chance.next()
  if (drawn < 0.1) return 'abstain'
  return drawn < (inclined ? 0.85 : 0.2) ? 'approve' : 'reject'
}

function shuffled<T>(list: readonly T[]): T[] {
  const order = [...list]
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1)
    ;[order[index], order[other]] = [order[other] as T, order[index] as T]
  }
  return order
}

function half<T>(list: readonly T[]): T[] {
  return shuffled(list).slice(0, list.length / 2)
}
