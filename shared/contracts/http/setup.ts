/** The first administrator of an empty hub. */
import { Type, type Static } from 'typebox'
import { Line, OptionalLine } from '../fields.ts'
import { Username } from './directory.ts'
import { Password } from './session.ts'

export const Setup = Type.Object({
  name: Line(120),
  position: OptionalLine(200),
  username: Username,
  password: Password,
  /** The one-time code printed by the hub at start; only asked for from another machine than the hub's own. */
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
}, { additionalProperties: false })
export type Setup = Static<typeof Setup>
