import { Type } from 'typebox'
import { Nothing } from '../../contracts/fields.ts'

export const recordingCommands = {
  /** In preparation; taken back at any time, which ends a recording that is under way. */
  'recording:allow': Type.Object({ allowed: Type.Boolean() }, { additionalProperties: false }),
  /** Told to everybody at once. Nothing is written down in recess, on confidential items, and while a secret vote is open. */
  'recording:start': Nothing,
  'recording:pause': Nothing,
  'recording:resume': Nothing,
  'recording:stop': Nothing,
  /** By the hub: it cannot go on. After an interruption another recording begins at once, as the one before it stood. */
  'recording:breakOff': Type.Object({ because: Type.Enum(['diskFull', 'recorderFailed', 'interrupted']) }, { additionalProperties: false }),
}
