import { Type } from 'typebox'
import { Id, Line, Sha256 } from '../../contracts/fields.ts'
import { People } from '../participants/commands.ts'
import { paperApprovals } from './state.ts'

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
  /** For approval: the paper, or the new version of it that was handed in. */
  'papers:submit': Type.Object({ paperId: Id }, { additionalProperties: false }),
  'papers:withdraw': Type.Object({ paperId: Id }, { additionalProperties: false }),
  'papers:approve': Type.Object({ paperId: Id }, { additionalProperties: false }),
  'papers:return': Type.Object({ paperId: Id, reason: Line(500) }, { additionalProperties: false }),
  /** Who of those on the paper's item may know of it; null: all of them, none: chair and secretary alone. */
  'papers:setAccess': Type.Object({ paperId: Id, access: Type.Union([People, Type.Null()]) }, { additionalProperties: false }),
  /** The paper was opened in this version; sent only where the meeting records it. */
  'papers:open': Type.Object({ paperId: Id, version: Type.Integer({ minimum: 1, maximum: 9999 }) }, { additionalProperties: false }),
  /** Sent by the hub when it has read both versions. */
  'papers:tellChanges': Type.Object(
    { paperId: Id, version: Type.Integer({ minimum: 1 }), changedPages: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 100_000 }) },
    { additionalProperties: false },
  ),
  'papers:setRules': Type.Object(
    {
      approval: Type.Optional(Type.Enum([...paperApprovals])),
      receipts: Type.Optional(Type.Boolean()),
      watermark: Type.Optional(Type.Boolean()),
      downloads: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  'papers:rename': Type.Object({ paperId: Id, title: Line(500) }, { additionalProperties: false }),
  /** `afterId`: the paper to stand behind; null: first of the item's papers. */
  'papers:move': Type.Object(
    { paperId: Id, itemId: Id, afterId: Type.Union([Id, Type.Null()]) },
    { additionalProperties: false },
  ),
  'papers:detach': Type.Object({ paperId: Id }, { additionalProperties: false }),
}
