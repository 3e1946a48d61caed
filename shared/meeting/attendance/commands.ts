import { Type } from 'typebox'
import { Id } from '../../contracts/fields.ts'
import { presences } from './state.ts'

export const attendanceCommands = {
  /** Without `personId`: oneself. `siteId` is needed with 'atSite' and only there. */
  'attendance:declare': Type.Object(
    { personId: Type.Optional(Id), presence: Type.Enum([...presences]), siteId: Type.Optional(Id) },
    { additionalProperties: false },
  ),
}
