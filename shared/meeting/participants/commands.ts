import { Type } from 'typebox'
import { Id } from '../../contracts/fields.ts'
import { meetingRoles } from './state.ts'

/** Of one meeting: two thousand who vote, and whoever serves them. */
export const mostParticipants = 2500
/** Some of a meeting's people, each once. */
export const People = Type.Array(Id, { maxItems: mostParticipants, uniqueItems: true })

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
    { participants: Type.Array(ParticipantData, { minItems: 1, maxItems: mostParticipants }) },
    { additionalProperties: false },
  ),
  'participants:change': ParticipantData,
  'participants:remove': Type.Object({ personId: Id }, { additionalProperties: false }),
}
