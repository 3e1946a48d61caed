import { Type } from 'typebox'
import { Id, Instant, Line, Nothing, OptionalLine } from '../../contracts/fields.ts'
import { mostParticipants, ParticipantData } from '../participants/commands.ts'
import { meetingBodies, meetingKinds, meetingTypes } from './state.ts'

const details = {
  title: Line(500),
  kind: Type.Enum([...meetingKinds]),
  type: Type.Enum([...meetingTypes]),
  body: Type.Enum([...meetingBodies]),
  startsAt: Instant,
  endsAt: Instant,
  place: OptionalLine(300),
  siteIds: Type.Array(Id, { maxItems: 300, uniqueItems: true }),
}

export const lifecycleCommands = {
  /** Sent by the hub's HTTP edge for an office; it makes the log. */
  'meeting:create': Type.Object(
    { ...details, participants: Type.Array(ParticipantData, { maxItems: mostParticipants }) },
    { additionalProperties: false },
  ),
  'meeting:change': Type.Partial(Type.Object(details), { additionalProperties: false, minProperties: 1 }),
  'meeting:publish': Nothing,
  'meeting:open': Nothing,
  'meeting:recess': Nothing,
  'meeting:resume': Nothing,
  'meeting:end': Nothing,
  'meeting:cancel': Type.Object({ reason: Line(500) }, { additionalProperties: false }),
}
