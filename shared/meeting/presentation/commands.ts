import { Type } from 'typebox'
import { Id, Nothing } from '../../contracts/fields.ts'
import { longestHold } from './hold.ts'

export const presentationCommands = {
  /** `presenterId`: whose page is followed; default: the sender. */
  'presentation:start': Type.Object({ paperId: Id, presenterId: Type.Optional(Id) }, { additionalProperties: false }),
  'presentation:handOver': Type.Object({ presenterId: Id }, { additionalProperties: false }),
  'presentation:end': Nothing,
  /** Everybody goes along for so many minutes, announced `holdNotice` before. */
  'presentation:hold': Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: longestHold }) }, { additionalProperties: false }),
  'presentation:release': Nothing,
}
