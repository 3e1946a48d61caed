import type { Refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal, type Command, type Commands, type CommandType } from '../../../shared/meeting/command.ts'
import type { Facts, FactType } from '../../../shared/meeting/fact.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import { participants, Play } from './history.ts'

type Preset = Commands['votes:draft']['preset']

/** A meeting played by name, for worked examples: what must succeed throws when it does not, and the other way round. */
export class Rehearsal extends Play {
  #papers = 0

  /** What happened. @throws Error when refused */
  do<T extends CommandType>(personId: string | null, type: T, data: Commands[T]): Step[] {
    const { decision, steps } = this.send(personId, { type, data } as Command)
    if (isRefusal(decision)) throw new Error(`${type} of ${personId} was refused: ${decision.code}`)
    return steps
  }

  /** Why not. @throws Error when it was done, or changed something all the same */
  refusal<T extends CommandType>(personId: string | null, type: T, data: Commands[T]): Refusal {
    const before = this.state
    const { decision } = this.send(personId, { type, data } as Command)
    if (!isRefusal(decision)) throw new Error(`${type} of ${personId} was done`)
    if (this.state !== before) throw new Error(`${type} was refused and changed the state`)
    return decision
  }

  addItem(title: string, more: Partial<Commands['agenda:addItem']> = {}): string {
    const data = { title, durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null, ...more }
    return only(this.do('secretary', 'agenda:addItem', data), 'agenda.itemAdded').itemId
  }

  attach(itemId: string, by = 'secretary'): string {
    const paperId = `paper-${(this.#papers += 1)}`
    this.do(by, 'papers:attach', { paperId, itemId, title: 'Báo cáo', name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 9 })
    return paperId
  }

  /** So many seats side by side, by their ids. */
  drawSeats(count: number, siteId: string | null = null): string[] {
    const seats = Array.from({ length: count }, (_, index) => ({ x: (index + 0.5) / count, y: 0.5, label: `A${index + 1}` }))
    return only(this.do('secretary', 'seats:draw', { siteId, layout: { kind: 'free' }, seats }), 'seats.drawn').seats.map(({ seatId }) => seatId)
  }

  /** Published and opened, everybody who may vote present unless `present` says who. */
  begin(present: readonly string[] = participants.filter((one) => one.votes).map((one) => one.personId)): void {
    this.do('secretary', 'meeting:publish', {})
    this.do('chair', 'meeting:open', {})
    for (const personId of present) this.do(personId, 'attendance:declare', { presence: 'inRoom' })
  }

  /** The new entry's id. */
  askForFloor(personId: string, request: Partial<Commands['floor:request']> = {}): string {
    return only(this.do(personId, 'floor:request', { kind: 'speech', ...request }), 'floor.requested').entryId
  }

  /** A count by hand of everybody left at a site, not yet confirmed. */
  beginCount(voteId: string, siteId: string | null = null, channel: Commands['hands:begin']['channel'] = 'hands'): string {
    return only(this.do('secretary', 'hands:begin', { voteId, siteId, channel }), 'hands.begun').countId
  }

  /** A named vote on a question, unless `more` says otherwise. */
  draftVote(itemId: string, preset: Preset = 'presentMajority', more: Partial<Commands['votes:draft']> = {}): string {
    const data = { itemId, title: 'Thông qua nghị quyết', method: 'named', matter: { kind: 'question' }, preset, ...more } as const
    return only(this.do('secretary', 'votes:draft', data), 'vote.drafted').voteId
  }

  openVote(itemId: string, preset?: Preset, more?: Partial<Commands['votes:draft']>): string {
    const voteId = this.draftVote(itemId, preset, more)
    this.do('chair', 'votes:open', { voteId })
    return voteId
  }
}

/** The data of the one fact of this type. @throws Error when there is none or more */
export function only<T extends FactType>(steps: readonly Step[], type: T): Facts[T] {
  const found = steps.filter(({ fact }) => fact.type === type)
  if (found.length !== 1) throw new Error(`${found.length} facts of type ${type}`)
  return found[0]?.fact.data as Facts[T]
}

/** A meeting of these people with two items, not yet published. */
export function draftMeeting(): { meeting: Rehearsal; item: string; secret: string } {
  const meeting = new Rehearsal()
  return { meeting, item: meeting.addItem('Kinh tế - xã hội'), secret: meeting.addItem('Nhân sự', { confidential: true, access: ['an'] }) }
}

/** The same in session, all voting members present. */
export function meetingInSession(): { meeting: Rehearsal; item: string; secret: string } {
  const made = draftMeeting()
  made.meeting.begin()
  return made
}
