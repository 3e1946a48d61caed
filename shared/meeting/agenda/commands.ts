import { Type } from 'typebox'
import { Id, Instant, Line } from '../../contracts/fields.ts'
import { People } from '../participants/commands.ts'

const text = {
  title: Line(500),
  durationMinutes: Type.Union([Type.Integer({ minimum: 1, maximum: 1440 }), Type.Null()]),
  unitId: Type.Union([Id, Type.Null()]),
  presenterId: Type.Union([Id, Type.Null()]),
  confidential: Type.Boolean(),
  access: People,
}

const handing = { ownerIds: Type.Optional(People), papersDue: Type.Optional(Type.Union([Instant, Type.Null()])) }

/** The sibling to stand behind; null: first of its siblings. */
const afterId = Type.Union([Id, Type.Null()])
const parentId = Type.Union([Id, Type.Null()])

/** Who still waits for the floor is carried over to what comes on next, or dropped; carried unless said otherwise. */
const waiting = Type.Optional(Type.Enum(['carry', 'drop']))

export const agendaCommands = {
  /** Without `afterId` the item becomes the last of its siblings. */
  'agenda:addItem': Type.Object({ ...text, ...handing, parentId, afterId: Type.Optional(afterId) }, { additionalProperties: false }),
  'agenda:changeItem': Type.Object({ ...Type.Partial(Type.Object(text)).properties, ...handing, itemId: Id }, { additionalProperties: false }),
  'agenda:moveItem': Type.Object({ itemId: Id, parentId, afterId }, { additionalProperties: false }),
  'agenda:removeItem': Type.Object({ itemId: Id }, { additionalProperties: false }),
  /** Finishes the item that is on, if any, and starts this one. */
  'agenda:startItem': Type.Object({ itemId: Id, waiting }, { additionalProperties: false }),
  'agenda:finishItem': Type.Object({ itemId: Id, waiting }, { additionalProperties: false }),
}
