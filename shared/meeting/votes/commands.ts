import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'
import { votePresets, type VotePreset } from './rule.ts'
import { choices } from './state.ts'

const Preset = Type.Enum(Object.keys(votePresets) as VotePreset[])

export const voteCommands = {
  'votes:draft': Type.Object({ itemId: Id, title: Line(500), preset: Preset }, { additionalProperties: false }),
  'votes:change': Type.Object({ voteId: Id, title: Line(500), preset: Preset }, { additionalProperties: false }),
  'votes:remove': Type.Object({ voteId: Id }, { additionalProperties: false }),
  'votes:open': Type.Object({ voteId: Id }, { additionalProperties: false }),
  'votes:cast': Type.Object({ voteId: Id, choice: Type.Enum([...choices]) }, { additionalProperties: false }),
  /** Closes, counts and publishes a named vote in one append. */
  'votes:close': Type.Object({ voteId: Id }, { additionalProperties: false }),
  'votes:cancel': Type.Object({ voteId: Id, reason: Line(500) }, { additionalProperties: false }),
}
