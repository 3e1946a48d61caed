import { Type } from 'typebox'
import { Id, Line, Sha256 } from '../../contracts/fields.ts'

export const paperCommands = {
  /** Sent by the hub's upload edge after the file was checked and stored; never accepted from a socket. */
  'papers:attach': Type.Object(
    {
      paperId: Id,
      itemId: Id,
      title: Line(500),
      name: Line(255),
      sha256: Sha256,
      size: Type.Integer({ minimum: 1 }),
      pages: Type.Integer({ minimum: 1, maximum: 100_000 }),
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
