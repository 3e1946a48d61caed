import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'
import { choices, voteMethods } from './matter.ts'
import { votePresets, type VotePreset } from './presets.ts'
import { longestSealed } from './sealed-ballot.ts'
import { thresholds, ties, voteBases, voteQuorums, type ThresholdName, type VoteQuorum } from './rule.ts'

const mostCandidates = 100
const longest = 86_400

const Candidate = Type.Object({ candidateId: Id, label: Line(200) }, { additionalProperties: false })
const few = Type.Integer({ minimum: 1, maximum: mostCandidates })

const Matter = Type.Union([
  Type.Object({ kind: Type.Literal('question') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('election'), candidates: Type.Array(Candidate, { minItems: 1, maxItems: mostCandidates }), least: few, most: few, seats: few },
    { additionalProperties: false },
  ),
])

const Rule = Type.Object(
  {
    base: Type.Enum([...voteBases]),
    threshold: Type.Enum(Object.keys(thresholds) as ThresholdName[]),
    tie: Type.Enum([...ties]),
    quorum: Type.Enum(Object.keys(voteQuorums) as VoteQuorum[]),
    changeable: Type.Boolean(),
  },
  { additionalProperties: false },
)

const text = {
  title: Line(500),
  method: Type.Enum([...voteMethods]),
  matter: Matter,
  preset: Type.Enum([...(Object.keys(votePresets) as VotePreset[]), 'custom' as const]),
  /** With the preset 'custom' and only there. */
  rule: Type.Optional(Rule),
  /** A fresh id begins a sitting, a known one joins it. */
  sittingId: Type.Optional(Id),
  /** How long it is to stay open; null or left out: until somebody closes it. */
  closesAfterSeconds: Type.Optional(Type.Union([Type.Integer({ minimum: 5, maximum: longest }), Type.Null()])),
}

export const voteCommands = {
  'votes:draft': Type.Object({ itemId: Id, ...text }, { additionalProperties: false }),
  'votes:change': Type.Object({ voteId: Id, ...text }, { additionalProperties: false }),
  'votes:remove': Type.Object({ voteId: Id }, { additionalProperties: false }),
  /** Opens every draft of its sitting. */
  'votes:open': Type.Object({ voteId: Id }, { additionalProperties: false }),
  /** Gives more time to every vote of its sitting that is still open: they keep one time. */
  'votes:extend': Type.Object({ voteId: Id, seconds: Type.Integer({ minimum: 5, maximum: longest }) }, { additionalProperties: false }),
  /** One of the three: `choice` on a question, `chosen` on a list, `sealed` (base64url) in a secret vote. */
  'votes:cast': Type.Object(
    {
      voteId: Id,
      choice: Type.Optional(Type.Enum([...choices])),
      chosen: Type.Optional(Type.Array(Id, { maxItems: mostCandidates, uniqueItems: true })),
      sealed: Type.Optional(Type.String({ minLength: 1, maxLength: longestSealed(mostCandidates), pattern: '^[A-Za-z0-9_-]+$' })),
    },
    { additionalProperties: false, minProperties: 2, maxProperties: 2 },
  ),
  /** Closes; a named vote is counted in the same append, and published unless `held` or others of its sitting still run. */
  'votes:close': Type.Object({ voteId: Id, held: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  /** Closes every open vote of its sitting. */
  'votes:closeAll': Type.Object({ voteId: Id, held: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  /** Publishes a result that was held, with those of its sitting. */
  'votes:publish': Type.Object({ voteId: Id }, { additionalProperties: false }),
  'votes:cancel': Type.Object({ voteId: Id, reason: Line(500) }, { additionalProperties: false }),
  /** Sent by the hub itself when it has opened the sealed ballots of a closed vote. */
  'votes:count': Type.Object({ voteId: Id }, { additionalProperties: false }),
  /** Sent by the hub itself when the key of a secret vote is gone. */
  'votes:void': Type.Object({ voteId: Id }, { additionalProperties: false }),
}
