import { Type } from 'typebox'
import { Id, Lines } from '../../contracts/fields.ts'

const Part = Type.Number({ minimum: 0, maximum: 1 })
const BoxField = Type.Object({ x: Part, y: Part, width: Part, height: Part }, { additionalProperties: false })
const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f\\ud800-\\udfff]*$' })
const AnchorField = Type.Object(
  {
    page: Type.Integer({ minimum: 1, maximum: 100_000 }),
    quote: Type.Union([Type.Object({ exact: Words(2000), prefix: Words(80), suffix: Words(80) }, { additionalProperties: false }), Type.Null()]),
    boxes: Type.Array(BoxField, { maxItems: 120 }),
  },
  { additionalProperties: false },
)
const Verdict = Type.Union([Type.Literal('accepted'), Type.Literal('explained'), Type.Literal('noted')])

export const markCommands = {
  /** Opens the sender's own shared layer of a paper to these people and to nobody else; an empty list closes it. */
  'marks:share': Type.Object({ paperId: Id, withPersons: Type.Array(Id, { maxItems: 500, uniqueItems: true }) }, { additionalProperties: false }),
  /** A formal comment on a version of a paper. */
  'comments:submit': Type.Object(
    { paperId: Id, version: Type.Integer({ minimum: 1, maximum: 999_999 }), anchor: AnchorField, text: Lines(4000) },
    { additionalProperties: false },
  ),
  /** By its author; it stays in the record, marked as withdrawn. */
  'comments:withdraw': Type.Object({ commentId: Id }, { additionalProperties: false }),
  /** Opens a comment to all who may see the paper. */
  'comments:disclose': Type.Object({ commentId: Id }, { additionalProperties: false }),
  'comments:answer': Type.Object({ commentId: Id, verdict: Verdict, text: Words(4000) }, { additionalProperties: false }),
}
