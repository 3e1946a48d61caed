import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'

const whose = { personId: Type.Optional(Id) }

/** Without `personId`: one's own invitation. Who answers for another (he rang up) decides at once. */
export const invitationCommands = {
  /** The person has his invitation before his eyes. */
  'invitations:see': Type.Object({}, { additionalProperties: false }),
  'invitations:accept': Type.Object(whose, { additionalProperties: false }),
  'invitations:excuse': Type.Object({ ...whose, reason: Line(300) }, { additionalProperties: false }),
  'invitations:substitute': Type.Object({ ...whose, substituteId: Id, reason: Line(300) }, { additionalProperties: false }),
  'invitations:decide': Type.Object({ personId: Id, agreed: Type.Boolean(), note: Type.Optional(Line(300)) }, { additionalProperties: false }),
}
