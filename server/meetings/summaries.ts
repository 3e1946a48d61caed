import type { Fact } from '../../shared/meeting/fact.ts'
import type { Reply, ReplyDecision } from '../../shared/meeting/invitations/state.ts'
import type { MeetingStatus } from '../../shared/meeting/lifecycle/state.ts'
import { dutiesOf, type Duty } from '../../shared/meeting/papers/duties.ts'
import type { MeetingRole } from '../../shared/meeting/participants/state.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Collection, Records } from '../store/port.ts'

/** A meeting as the home page lists it: a projection of its log, which carries the seq it has reached. */
export interface MeetingSummaryRecord {
  title: string
  kind: string
  type: string
  status: Exclude<MeetingStatus, 'none'>
  published: boolean
  startsAt: number
  endsAt: number
  place: string
  siteIds: string[]
  roles: Record<string, MeetingRole>
  /** What invited people have answered; who is missing has not. Records of earlier hubs lack it. */
  replies?: Record<string, { reply: Exclude<Reply, 'none'>; decision: ReplyDecision | null }>
  /** What people are to hand in, by person; who is missing has nothing to. Records of earlier hubs lack it. */
  duties?: Record<string, Duty[]>
  seq: number
}

/** So many past meetings of the whole province are looked through for one person's. */
const mostPast = 5000

/** Whether a fact changes what the home page shows. */
export function changesSummary(fact: Fact): boolean {
  // That somebody has looked at his invitation changes nothing there, and everybody does.
  if (fact.type === 'invitation.seen') return false
  // Nor does reading; what is handed in does.
  if (fact.type === 'paper.opened' || fact.type === 'paper.compared' || fact.type === 'agenda.itemStarted' || fact.type === 'agenda.itemFinished') return false
  return ['meeting.', 'participant.', 'invitation.', 'agenda.', 'paper.'].some((kind) => fact.type.startsWith(kind))
}

export class Summaries {
  readonly #records: Collection<MeetingSummaryRecord>

  private constructor(records: Collection<MeetingSummaryRecord>) {
    this.#records = records
  }

  static async open(records: Records): Promise<Summaries> {
    return new Summaries(await records.collection<MeetingSummaryRecord>({ name: 'meetings', indexes: ['startsAt'] }))
  }

  async save(state: MeetingState): Promise<void> {
    const { meetingId, seq, lifecycle, details, participants, invitations } = state
    if (lifecycle.status === 'none') return
    const { title, kind, type, startsAt, endsAt, place, siteIds } = details
    const roles = Object.fromEntries(Object.values(participants).map(({ personId, role }) => [personId, role]))
    const replies = Object.fromEntries(Object.values(invitations).flatMap(({ personId, reply, decision }) => (reply === 'none' ? [] : [[personId, { reply, decision }]])))
    const owners = new Set(Object.values(state.items).flatMap(({ ownerIds }) => ownerIds))
    const duties = Object.fromEntries([...owners].map((personId) => [personId, dutiesOf(state, personId)] as const).filter(([, owed]) => owed.length > 0))
    await this.#records.put(meetingId, { title, kind, type, status: lifecycle.status, published: lifecycle.published, startsAt, endsAt, place, siteIds, roles, replies, duties, seq })
  }

  /** The seq a meeting's summary has reached, 0 when there is none, and how the meeting stood then. */
  async standing(meetingId: string): Promise<{ seq: number; status: MeetingStatus }> {
    const { seq = 0, status = 'none' } = (await this.#records.get(meetingId))?.value ?? {}
    return { seq, status }
  }

  /** A person's meetings beginning at `from` or later, and his `past` most recent before that; earliest first. */
  async list(personId: string, from: number, past: number): Promise<{ meetingId: string; summary: MeetingSummaryRecord }[]> {
    const coming = await this.#records.find({ startsAt: { $gte: from } }, { sort: 'startsAt' })
    const gone = await this.#records.find({ startsAt: { $lt: from } }, { sort: 'startsAt', descending: true, limit: mostPast })
    const his = ({ value }: { value: MeetingSummaryRecord }) => Object.hasOwn(value.roles, personId)
    return [...gone.filter(his).slice(0, past).reverse(), ...coming.filter(his)].map(({ id, value }) => ({ meetingId: id, summary: value }))
  }
}
