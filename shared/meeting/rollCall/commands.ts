import { Type } from 'typebox'
import { Id, Nothing } from '../../contracts/fields.ts'
import { People } from '../participants/commands.ts'

export const rollCallCommands = {
  /** Calls a site; the first call begins the roll call, a call after it was finished begins another. */
  'rollCall:callSite': Type.Object({ siteId: Id }, { additionalProperties: false }),
  /** The site answers, by its technician or heard by the secretary. `personIds` are declared present there. */
  'rollCall:answer': Type.Union([
    Type.Object({ siteId: Id, answer: Type.Literal('present'), personIds: People }, { additionalProperties: false }),
    Type.Object({ siteId: Id, answer: Type.Literal('absent') }, { additionalProperties: false }),
  ]),
  'rollCall:finish': Nothing,
}
