import { Type } from 'typebox'
import { Id, Nothing } from '../../contracts/fields.ts'

export const presentationCommands = {
  /** `presenterId`: whose page is followed; default: the sender. */
  'presentation:start': Type.Object({ paperId: Id, presenterId: Type.Optional(Id) }, { additionalProperties: false }),
  'presentation:handOver': Type.Object({ presenterId: Id }, { additionalProperties: false }),
  'presentation:end': Nothing,
}
