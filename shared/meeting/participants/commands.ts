import { Type } from 'typebox'
import { Id } from '../../contracts/fields.ts'
import { meetingRoles } from './state.ts'

export const ParticipantData = Type.Object(
  {
    personId: Id,
    role: Type.Enum([...meetingRoles]),
    votes: Type.Boolean(),
    siteId: Type.Union([Id, Type.Null()]),
  },
  { additionalProperties: false },
)

export const participantCommands = {
  'participants:invite': Type.Object(
    { participants: Type.Array(ParticipantData, { minItems: 1, maxItems: 2000 }) },
    { additionalProperties: false },
  ),
  'participants:change': ParticipantData,
  'participants:remove': Type.Object({ personId: Id }, { additionalProperties: false }),
}
