import { Type, type Static } from 'typebox'
import { lifecycleCommands } from '../../meeting/lifecycle/commands.ts'
import { replies } from '../../meeting/invitations/state.ts'
import { meetingKinds, meetingTypes } from '../../meeting/lifecycle/state.ts'
import { meetingRoles } from '../../meeting/participants/state.ts'
import { CommandId, Id, Instant, Line } from '../fields.ts'
import { PersonCard } from './directory.ts'

const Duty = Type.Object(
  {
    itemId: Id,
    /** The item's number in the agenda, like "2.1". */
    number: Type.String(),
    title: Type.String(),
    due: Type.Union([Instant, Type.Null()]),
    papers: Type.Array(Type.Object({ title: Type.String(), status: Type.Enum(['draft', 'submitted', 'returned', 'approved']), reason: Type.Union([Type.String(), Type.Null()]) }, { additionalProperties: false })),
  },
  { additionalProperties: false },
)

export const MeetingSummary = Type.Object(
  {
    meetingId: Id,
    title: Type.String(),
    kind: Type.Enum([...meetingKinds]),
    type: Type.Enum([...meetingTypes]),
    status: Type.Enum(['draft', 'scheduled', 'inSession', 'recess', 'ended', 'cancelled']),
    startsAt: Type.Number(),
    endsAt: Type.Number(),
    place: Type.String(),
    siteCount: Type.Integer(),
    participantCount: Type.Integer(),
    /** The asker's role. */
    role: Type.Enum([...meetingRoles]),
    /** What the asker has answered to his invitation. */
    reply: Type.Enum([...replies]),
    /** The chair's word on his excuse or substitute; null when none is needed. */
    decision: Type.Union([Type.Enum(['pending', 'agreed', 'refused']), Type.Null()]),
    /** What the asker is to hand in, item by item. */
    duties: Type.Array(Duty),
    /** May open the preparing page. */
    mayPrepare: Type.Boolean(),
    /** May open the projector page. */
    mayProject: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type MeetingSummary = Static<typeof MeetingSummary>

/** The asker's meetings: those to come and of today, and the most recent past ones, by beginning. */
export const MeetingList = Type.Object(
  { now: Instant, meetings: Type.Array(MeetingSummary), mayCreate: Type.Boolean() },
  { additionalProperties: false },
)
export type MeetingList = Static<typeof MeetingList>

export const MeetingParams = Type.Object({ meetingId: Id }, { additionalProperties: false })

/** `commandId` is chosen by the client: a repeat answers with the same meeting. */
export const NewMeeting = Type.Object(
  { commandId: CommandId, ...lifecycleCommands['meeting:create'].properties },
  { additionalProperties: false },
)
export type NewMeeting = Static<typeof NewMeeting>

/** The next meeting after this model: its people, sites and agenda, without papers, votes or anything that happened. */
export const MeetingCopy = Type.Object(
  { commandId: CommandId, title: Line(500), startsAt: Instant, endsAt: Instant },
  { additionalProperties: false },
)
export type MeetingCopy = Static<typeof MeetingCopy>

export const MeetingCreated = Type.Object({ meetingId: Id }, { additionalProperties: false })
export type MeetingCreated = Static<typeof MeetingCreated>

/** One's own answer to an invitation, from the home page. A repeat of the same `commandId` changes nothing. */
export const InvitationReply = Type.Union([
  Type.Object({ commandId: CommandId, reply: Type.Literal('accepted') }, { additionalProperties: false }),
  Type.Object({ commandId: CommandId, reply: Type.Literal('excuse'), reason: Line(300) }, { additionalProperties: false }),
  Type.Object({ commandId: CommandId, reply: Type.Literal('substitute'), substituteId: Id, reason: Line(300) }, { additionalProperties: false }),
])
export type InvitationReply = Static<typeof InvitationReply>

export const InvitationReplied = Type.Object({}, { additionalProperties: false })

const Place = Type.Object({ id: Id, name: Type.String(), shortName: Type.String() }, { additionalProperties: false })

/** Facts hold ids; this is where a page finds the names. People who have left the directory are still named. */
export const MeetingPeople = Type.Object(
  { people: Type.Array(PersonCard), units: Type.Array(Place), sites: Type.Array(Place) },
  { additionalProperties: false },
)
export type MeetingPeople = Static<typeof MeetingPeople>
