import { Type } from 'typebox'
import { Id, Nothing } from '../../contracts/fields.ts'
import { mostParticipants } from '../participants/commands.ts'
import { presences } from './state.ts'

export const attendanceCommands = {
  /** Without `personId`: oneself. `siteId` is needed with 'atSite' and only there. */
  'attendance:declare': Type.Object(
    { personId: Type.Optional(Id), presence: Type.Enum([...presences]), siteId: Type.Optional(Id) },
    { additionalProperties: false },
  ),
  /** Several at once; 'expected': each where he is expected. Those of whom it is recorded already are passed over. */
  'attendance:declareMany': Type.Object(
    { personIds: Type.Array(Id, { minItems: 1, maxItems: mostParticipants, uniqueItems: true }), presence: Type.Enum(['expected', ...presences]), siteId: Type.Optional(Id) },
    { additionalProperties: false },
  ),
  /** At the door: the number from the person's invitation or QR. A technician checks in at his own place only. */
  'attendance:checkIn': Type.Object(
    { number: Type.String({ pattern: '^[0-9]{4,8}$' }), siteId: Type.Optional(Type.Union([Id, Type.Null()])) },
    { additionalProperties: false },
  ),
  'attendance:setRules': Type.Object(
    {
      substitutesVote: Type.Optional(Type.Boolean()),
      graceSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 600 })),
      lateAfterMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  /** Establishes the quorum now, tells everybody and keeps it for the minutes. */
  'quorum:check': Nothing,
}
