import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'
import { mostParticipants } from '../participants/commands.ts'
import { choices } from '../votes/matter.ts'
import { handChannels } from './state.ts'

const count = Type.Integer({ minimum: 0, maximum: mostParticipants })
const Counts = Type.Object({ approve: count, reject: count, abstain: count }, { additionalProperties: false })
const Person = Type.Object({ personId: Id, choice: Type.Enum([...choices]) }, { additionalProperties: false })

export const handCommands = {
  /** Locks the tablets of a site (null: the main room) for this vote. */
  'hands:begin': Type.Object({ voteId: Id, siteId: Type.Union([Id, Type.Null()]), channel: Type.Enum([...handChannels]) }, { additionalProperties: false }),
  /** One of the two: `counts` without names, or `persons`. Again until it is confirmed: the last holds. */
  'hands:enter': Type.Object(
    { countId: Id, counts: Type.Optional(Counts), persons: Type.Optional(Type.Array(Person, { maxItems: mostParticipants })) },
    { additionalProperties: false, minProperties: 2, maxProperties: 2 },
  ),
  /** By somebody other than who entered it. */
  'hands:confirm': Type.Object({ countId: Id }, { additionalProperties: false }),
  'hands:withdraw': Type.Object({ countId: Id, reason: Line(500) }, { additionalProperties: false }),
}
