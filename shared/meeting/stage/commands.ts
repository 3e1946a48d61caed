import { Type } from 'typebox'
import { Id } from '../../contracts/fields.ts'
import { stageOrderKinds } from './state.ts'

const Place = Type.Union([
  Type.Object({ siteId: Type.Union([Id, Type.Null()]) }, { additionalProperties: false }),
  Type.Object({ personId: Id }, { additionalProperties: false }),
])

export const stageCommands = {
  /** Mutes a room or a person's tablet, shows it on stage, removes it from the bridge; `on` false takes that back. A technician mutes only. */
  'stage:order': Type.Object({ kind: Type.Enum([...stageOrderKinds]), place: Place, on: Type.Boolean() }, { additionalProperties: false }),
  'stage:configure': Type.Object(
    {
      muteOverrunAfterSeconds: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 600 }), Type.Null()])),
      connectNext: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
}
