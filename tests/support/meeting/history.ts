import fc from 'fast-check'
import { floorData } from './floor-moves.ts'
import { commandTypes } from '../../../shared/contracts/commands.ts'
import { isRefusal, type Command, type CommandType, type Context, type Decision } from '../../../shared/meeting/command.ts'
import { decide } from '../../../shared/meeting/decide.ts'
import { evolve } from '../../../shared/meeting/evolve.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { meetingRoles, type Participant } from '../../../shared/meeting/participants/state.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import { handingStatus } from '../../../shared/meeting/papers/rules.ts'
import { paperApprovals, type PaperStatus } from '../../../shared/meeting/papers/state.ts'
import { allSeats } from '../../../shared/meeting/seats/rules.ts'
import { roomKey } from '../../../shared/meeting/seats/state.ts'
import { emptyMeeting, type MeetingState } from '../../../shared/meeting/state.ts'
import { hubCommands } from '../../../shared/permissions/meeting.ts'
import { handData } from './hand-moves.ts'
import { markData } from './mark-moves.ts'
import { siteData } from './site-moves.ts'
import { stageData } from './stage-moves.ts'
import { openAll } from './sealing.ts'
import { ballot, draftText, voteFor } from './vote-moves.ts'

/** People of generated meetings; `outsider` is in the directory but seldom invited. */
export const people = ['chair', 'secretary', 'an', 'binh', 'chi', 'dung', 'guest', 'observer', 'technician', 'outsider']
const sites = ['site-1', 'site-2']

export const participants: Participant[] = [
  { personId: 'chair', role: 'chair', votes: true, siteId: null },
  { personId: 'secretary', role: 'secretary', votes: false, siteId: null },
  { personId: 'an', role: 'delegate', votes: true, siteId: null },
  { personId: 'binh', role: 'delegate', votes: true, siteId: 'site-1' },
  { personId: 'chi', role: 'delegate', votes: true, siteId: 'site-2' },
  { personId: 'dung', role: 'presenter', votes: false, siteId: null },
  { personId: 'guest', role: 'guest', votes: false, siteId: null },
  { personId: 'observer', role: 'observer', votes: false, siteId: null },
  { personId: 'technician', role: 'technician', votes: false, siteId: null },
]

export const details = {
  title: 'Giao ban tháng 11', kind: 'meeting', type: 'briefing', body: 'committee',
  startsAt: 1_795_000_000_000, endsAt: 1_795_010_000_000, place: 'Phòng họp số 1', siteIds: sites,
} as const

/** A command in the making: what it means depends on the state it meets, so that most are sensible and some are not. */
export interface Move { type: CommandType; actor: number; a: number; b: number; c: number; flag: boolean }

const weights: Partial<Record<CommandType, number>> = { 'participants:invite': 2, 'votes:cast': 12, 'marks:share': 4, 'comments:submit': 4, 'hands:begin': 3, 'hands:enter': 6, 'hands:confirm': 6, 'hands:withdraw': 1, 'votes:count': 6, 'votes:publish': 6, 'votes:extend': 1.5, 'votes:close': 2, 'votes:cancel': 0.6, 'attendance:declare': 5, 'agenda:addItem': 5, 'agenda:startItem': 4, 'votes:open': 6, 'votes:draft': 5, 'papers:attach': 4, 'papers:replace': 4, 'papers:submit': 5, 'papers:approve': 6, 'papers:return': 2, 'papers:setAccess': 3, 'papers:open': 3, 'papers:tellChanges': 3, 'agenda:changeItem': 4, 'presentation:start': 4, 'seats:draw': 2, 'floor:request': 9, 'floor:give': 5, 'floor:setGroups': 0.4, 'floor:open': 0.5, 'floor:close': 0.5, 'floor:end': 1.5, 'floor:resume': 2, 'floor:readd': 2.5, 'floor:addTime': 2, 'floor:configure': 1.5, 'seats:assign': 3, 'sites:check': 1.5, 'sites:setLine': 3, 'stage:order': 2, 'recording:allow': 3, 'recording:start': 3, 'recording:stop': 0.5, 'meeting:publish': 2, 'meeting:open': 5, 'meeting:end': 0.2, 'meeting:cancel': 0.8 }
const weighted = commandTypes.filter((type) => type !== 'meeting:create').map((type) => ({ arbitrary: fc.constant(type), weight: Math.ceil((weights[type] ?? 1) * 10) }))

export const move: fc.Arbitrary<Move> = fc.record({
  type: fc.oneof(...weighted), actor: fc.nat(19), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999), flag: fc.boolean(),
})

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

/** Half of all moves come from chair or secretary, or a meeting would hardly ever begin. */
export function actorOf({ actor, type, b }: Move): string | null {
  if (type === 'votes:count' || type === 'votes:void' ? b % 8 > 0 : hubCommands.includes(type) && b % 8 === 0) return null
  if (type.startsWith('hands:') && actor > 1) return actor % 2 === 0 ? 'chair' : 'secretary'
  return actor < 10 ? (people[actor] as string) : actor % 2 === 0 ? 'chair' : 'secretary'
}

export function commandOf(state: MeetingState, { type, a, b, c, flag }: Move): Command {
  const item = pick(Object.keys(state.items), a) ?? 'no-item'
  const paper = pick(Object.keys(state.papers), a) ?? 'no-paper'
  const dice = { a, b, c, flag }
  const handing = (index: number, status: PaperStatus) => pick(Object.values(state.papers).filter((one) => handingStatus(one) === status).map(({ paperId }) => paperId), index) ?? paper
  const vote = voteFor(state, type, dice)
  const held = c % 2 === 0 ? { held: true } : {}
  const person = pick(people, b) as string
  const parentId = flag ? null : (pick(Object.keys(state.items), b) ?? null)
  const siblings = Object.values(state.items).filter((one) => one.parentId === parentId).map((one) => one.itemId)
  const afterId = pick([null, ...siblings], c) ?? null
  const access = people.filter((_, index) => (c >> index) & 1 && index < 9)
  const room = a % 3 ? null : 'site-1'
  const seats = (flag ? state.seatPlans[roomKey(room)]?.seats : undefined)?.map(({ seatId }) => seatId) ?? allSeats(state).map(({ seatId }) => seatId)
  const seat = pick(seats, a) ?? 'no-seat'
  const text = { title: `Nội dung ${a}`, durationMinutes: b % 3 ? 10 : null, unitId: null, presenterId: c % 4 ? null : 'dung', ownerIds: a % 3 ? ['an'] : [], confidential: b % 3 === 0, access }
  const participant = { personId: person, role: pick(meetingRoles, c) as Participant['role'], votes: flag, siteId: a % 3 ? null : 'site-1' }
  const asked = pick(Object.values(state.invitations).filter(({ decision }) => decision !== null).map(({ personId }) => personId), b)
  const called = pick(Object.keys(state.rollCall?.calls ?? {}), c) ?? 'site-1'
  const data: Record<Exclude<CommandType, 'meeting:create'>, object> = {
    'meeting:change': { title: `Tên ${a}` }, 'meeting:publish': {}, 'meeting:open': {}, 'meeting:recess': {}, 'meeting:resume': {}, 'meeting:end': {},
    'meeting:cancel': { reason: 'Hoãn' },
    'participants:invite': { participants: [{ ...participant, personId: pick(people.filter((id) => !Object.hasOwn(state.participants, id)), b) ?? person }] }, 'participants:change': participant, 'participants:remove': { personId: person },
    'agenda:addItem': { ...text, parentId, ...(flag ? {} : { afterId }) },
    'agenda:changeItem': flag ? { itemId: item, title: `Sửa ${b}`, ...(c % 3 ? {} : { ownerIds: access.slice(0, 2), papersDue: 1_795_000_000_000 + c * 1000 }) } : { itemId: item, confidential: b % 2 === 0, access },
    'agenda:moveItem': { itemId: item, parentId, afterId }, 'agenda:removeItem': { itemId: item },
    'agenda:startItem': { itemId: item, ...(c % 5 === 0 ? { waiting: 'drop' } : {}) }, 'agenda:finishItem': { itemId: item },
    'papers:attach': { paperId: `paper-${a}-${b}`, itemId: item, title: `Báo cáo ${b}`, name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1000, pages: 3 },
    'papers:replace': { paperId: paper, name: 'bao-cao.pdf', sha256: String(c % 10).repeat(64), size: 1000 + c, pages: 3, changedPages: flag ? [1, 3] : null },
    'papers:submit': { paperId: handing(c, 'draft') }, 'papers:withdraw': { paperId: handing(c, 'returned') }, 'papers:approve': { paperId: handing(c, 'submitted') }, 'papers:return': { paperId: handing(c, 'submitted'), reason: 'Thiếu phụ lục' },
    'papers:setAccess': { paperId: paper, access: flag ? null : access.filter((id) => Object.hasOwn(state.participants, id)) }, 'papers:open': { paperId: paper, version: 1 + (c % 2) },
    'papers:tellChanges': { paperId: paper, version: 1 + (c % 4), changedPages: [1 + (b % 3)] },
    'papers:setRules': { approval: pick(paperApprovals, c), receipts: b % 3 > 0, ...(flag ? { watermark: true } : {}) },
    'papers:rename': { paperId: paper, title: `Tên mới ${b}` }, 'papers:move': { paperId: paper, itemId: pick(Object.keys(state.items), b) ?? 'no-item', afterId: null },
    'papers:detach': { paperId: paper },
    'attendance:declare': { ...(flag ? { personId: person } : {}), presence: pick(['inRoom', 'atSite', 'inRoom', 'absent'], a), ...(a % 4 === 1 ? { siteId: 'site-1' } : {}) },
    'attendance:declareMany': { personIds: people.filter((id, index) => (c >> index) & 1 && (flag || Object.hasOwn(state.participants, id))).concat(person).filter((id, index, all) => all.indexOf(id) === index), presence: pick(['expected', 'inRoom', 'atSite', 'absent'], a), ...(a % 4 === 2 ? { siteId: 'site-2' } : {}) },
    'attendance:checkIn': { number: state.numbers[person] ?? '0000', ...(flag ? {} : { siteId: pick([null, ...sites], c) }) },
    'attendance:setRules': flag ? { graceSeconds: a % 100 } : { substitutesVote: b % 2 === 0, lateAfterMinutes: c % 30 }, 'quorum:check': {},
    'invitations:see': {}, 'invitations:accept': flag ? { personId: person } : {}, 'invitations:excuse': { ...(flag ? { personId: person } : {}), reason: 'Công tác tại xã' },
    'invitations:substitute': { ...(flag ? { personId: person } : {}), substituteId: pick(['outsider', ...people], c), reason: 'Đi công tác' }, 'invitations:decide': { personId: asked ?? person, agreed: a % 3 > 0, ...(flag ? { note: 'Đã trao đổi' } : {}) },
    'rollCall:callSite': { siteId: pick(sites, b) }, 'rollCall:answer': flag ? { siteId: called, answer: 'present', personIds: people.filter((id) => state.participants[id]?.siteId === called) } : { siteId: called, answer: 'absent' }, 'rollCall:finish': {},
    'presentation:start': { paperId: paper, ...(flag ? { presenterId: person } : {}) }, 'presentation:handOver': { presenterId: person }, 'presentation:end': {}, 'presentation:hold': { minutes: 1 + (b % 10) }, 'presentation:release': {},
    'seats:draw': { siteId: room, layout: { kind: 'free' }, seats: Array.from({ length: 1 + (c % 5) }, (_, index) => ({ ...(flag && seats[index] && Object.hasOwn(state.seatPlans, roomKey(room)) ? { seatId: seats[index] } : {}), x: index / 5, y: (a % 10) / 10, label: `A${index}` })) },
    'seats:change': { seatId: seat, ...(flag ? { x: (b % 10) / 10 } : { label: `B${c}` }) },
    'seats:assign': { assignments: flag ? [{ seatId: seat, personId: person }] : [{ seatId: seat, personId: null }, { seatId: pick(seats, c) ?? 'no-seat', personId: person }] },
    'seats:clear': { siteId: room },
    ...floorData(state, { a, b, c, flag }, people),
    ...handData(state, dice),
    ...markData(state, dice, people),
    ...siteData(dice, sites),
    ...stageData(state, dice, people),
    'recording:allow': { allowed: c % 8 > 0 }, 'recording:start': {}, 'recording:pause': {}, 'recording:resume': {}, 'recording:stop': {},
    'recording:breakOff': { because: pick(['interrupted', 'diskFull', 'recorderFailed'], c) },
    'votes:draft': { itemId: item, ...draftText(dice) }, 'votes:change': { voteId: vote, ...draftText(dice) }, 'votes:remove': { voteId: vote },
    'votes:open': { voteId: pick(Object.values(state.votes).filter(({ status }) => status === 'draft'), a)?.voteId ?? vote }, 'votes:extend': { voteId: vote, seconds: 30 }, 'votes:cast': ballot(state, vote, dice),
    'votes:close': { voteId: vote, ...held }, 'votes:closeAll': { voteId: vote, ...held }, 'votes:publish': { voteId: vote },
    'votes:cancel': { voteId: vote, reason: 'Nhầm' }, 'votes:count': { voteId: vote }, 'votes:void': { voteId: vote },
  }
  return { type, data: data[type as Exclude<CommandType, 'meeting:create'>] } as Command
}

/** A meeting played in memory: what the host does, without a store. */
export class Play {
  state: MeetingState = emptyMeeting('generated')
  #ids = 0
  #time = 1_795_000_000_000
  /** Hub time; by itself a second goes by with each command. */
  clock = () => (this.#time += 1000)
  /** What making the meeting wrote. */
  readonly begun: Step[]

  constructor() {
    this.begun = this.send('secretary', { type: 'meeting:create', data: { ...details, siteIds: [...sites], participants } }).steps
  }

  /** A meeting in session with an open and a confidential item and everybody present: most histories begin here. */
  open(): Step[] {
    const item = { title: 'Báo cáo tháng', durationMinutes: 20, unitId: null, presenterId: null, ownerIds: ['binh'], confidential: false, access: [], parentId: null }
    const commands: [string, Command][] = [
      ['secretary', { type: 'agenda:addItem', data: item }],
      ['secretary', { type: 'agenda:addItem', data: { ...item, title: 'Nhân sự', confidential: true, access: ['an', 'guest'] } }],
      ['secretary', { type: 'meeting:publish', data: {} }],
      ['chair', { type: 'meeting:open', data: {} }],
      ...participants.map(({ personId }): [string, Command] => [personId, { type: 'attendance:declare', data: { presence: 'inRoom' } }]),
    ]
    return commands.flatMap(([personId, command]) => this.send(personId, command).steps)
  }

  /** Two votes of one sitting, open: a named and a secret one. */
  openSitting(): Step[] {
    const itemId = Object.keys(this.state.items)[0] ?? ''
    const draft = (method: 'named' | 'secret'): Command => ({
      type: 'votes:draft', data: { itemId, title: `Thông qua (${method})`, method, matter: { kind: 'question' }, preset: 'presentMajority', sittingId: 'sitting-9', closesAfterSeconds: 120 },
    })
    const drafted = [...this.send('secretary', draft('named')).steps, ...this.send('secretary', draft('secret')).steps]
    return [...drafted, ...this.send('chair', { type: 'votes:open', data: { voteId: Object.keys(this.state.votes)[0] ?? '' } }).steps]
  }

  /** Decides and folds; null is the hub itself. Facts are frozen, so that a rule that changes what it was given is found out. */
  send(personId: string | null, command: Command): { decision: Decision; steps: Step[] } {
    const now = this.clock()
    const decision = decide(this.state, command, {
      personId: personId ?? '', hub: personId === null, now, newId: () => `id-${(this.#ids += 1)}`, ...this.#brought(),
    })
    if (isRefusal(decision)) return { decision, steps: [] }
    const steps = decision.map((fact): Step => {
      const before = this.state
      const stamped = deepFreeze({ seq: before.seq + 1, v: 1, at: now, by: personId, commandId: `command-${this.#ids}`, ...fact } as Fact)
      this.state = deepFreeze(evolve(before, stamped))
      return { before, fact: stamped, after: this.state }
    })
    return { decision, steps }
  }

  /** What the host brings along: a key for every secret draft, the opened ballots of every vote that is to be counted. */
  #brought(): Pick<Context, 'publicKeys' | 'opened'> {
    const secret = Object.values(this.state.votes).filter(({ method }) => method === 'secret')
    return {
      publicKeys: Object.fromEntries(secret.map(({ voteId }) => [voteId, `key-of-${voteId}`])),
      opened: Object.fromEntries(secret.filter(({ status }) => status === 'closed').map((vote) => [vote.voteId, openAll(this.state, vote)])),
    }
  }

  play(move: Move) {
    return this.send(actorOf(move), commandOf(this.state, move))
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
