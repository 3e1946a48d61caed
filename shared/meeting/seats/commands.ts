import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'

const Coordinate = Type.Number({ minimum: 0, maximum: 1 })
const Label = Line(12)
const Room = Type.Union([Id, Type.Null()])

const Layout = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('rows'), head: Type.Integer({ minimum: 0, maximum: 20 }), rows: Type.Integer({ minimum: 1, maximum: 30 }),
      perRow: Type.Integer({ minimum: 1, maximum: 40 }), aisle: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('horseshoe'), head: Type.Integer({ minimum: 1, maximum: 20 }), sides: Type.Integer({ minimum: 1, maximum: 30 }),
      lines: Type.Integer({ minimum: 1, maximum: 3 }),
    },
    { additionalProperties: false },
  ),
  Type.Object({ kind: Type.Literal('free') }, { additionalProperties: false }),
])

export const seatCommands = {
  /**
   * The whole plan of a room, by precedence (the chair's seat first). `siteId` null: the main room. A seat with the id of one that is
   * there keeps its person; one without is new; one that is left out is gone.
   */
  'seats:draw': Type.Object(
    {
      siteId: Room, layout: Layout,
      seats: Type.Array(
        Type.Object({ seatId: Type.Optional(Id), x: Coordinate, y: Coordinate, label: Label }, { additionalProperties: false }),
        { minItems: 1, maxItems: 500 },
      ),
    },
    { additionalProperties: false },
  ),
  /** Moves or relabels one seat. */
  'seats:change': Type.Object(
    { seatId: Id, x: Type.Optional(Coordinate), y: Type.Optional(Coordinate), label: Type.Optional(Label) },
    { additionalProperties: false },
  ),
  /** Nameplates: all at once or none. Whoever changes seats is named with his old seat (null) and his new one. */
  'seats:assign': Type.Object(
    {
      assignments: Type.Array(
        Type.Object({ seatId: Id, personId: Type.Union([Id, Type.Null()]) }, { additionalProperties: false }),
        { minItems: 1, maxItems: 2000 },
      ),
    },
    { additionalProperties: false },
  ),
  'seats:clear': Type.Object({ siteId: Room }, { additionalProperties: false }),
}
