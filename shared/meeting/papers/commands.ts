import { Type } from 'typebox'
import { Id, Line, Sha256 } from '../../contracts/fields.ts'

const original = Type.Object(
  { sha256: Sha256, size: Type.Integer({ minimum: 1 }), name: Line(255), mediaType: Line(200) },
  { additionalProperties: false },
)

const file = {
  name: Line(255),
  sha256: Sha256,
  size: Type.Integer({ minimum: 1 }),
  pages: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** The file as it was handed in, when it had to be converted. */
  original: Type.Optional(Type.Union([original, Type.Null()])),
}

export const paperCommands = {
  /** Sent by the hub's upload edge after the file was checked and stored; never accepted from a socket. */
  'papers:attach': Type.Object(
    {
      paperId: Id,
      itemId: Id,
      title: Line(500),
      ...file,
    },
    { additionalProperties: false },
  ),
  /** Another file for a paper, sent like `papers:attach`. `changedPages`: pages of the new file that differ; null: not known. */
  'papers:replace': Type.Object(
    {
      paperId: Id,
      ...file,
      changedPages: Type.Union([Type.Array(Type.Integer({ minimum: 1, maximum: 100_000 }), { maxItems: 100_000, uniqueItems: true }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  'papers:rename': Type.Object({ paperId: Id, title: Line(500) }, { additionalProperties: false }),
  /** `afterId`: the paper to stand behind; null: first of the item's papers. */
  'papers:move': Type.Object(
    { paperId: Id, itemId: Id, afterId: Type.Union([Id, Type.Null()]) },
    { additionalProperties: false },
  ),
  'papers:detach': Type.Object({ paperId: Id }, { additionalProperties: false }),
}
