import { Type, type Static } from 'typebox'
import { Id } from '../../contracts/fields.ts'

/**
 * Where the presenter is, as a retained signal: not pixels but a place in the paper.
 * `page` from 1; `top` 0–1 down that page; `region` x, y, width, height in page coordinates 0–1.
 */
export const Position = Type.Object(
  {
    paperId: Id,
    page: Type.Integer({ minimum: 1, maximum: 100_000 }),
    top: Type.Number({ minimum: 0, maximum: 1 }),
    zoom: Type.Union([
      Type.Literal('fitWidth'),
      Type.Literal('fitPage'),
      Type.Object(
        {
          x: Type.Number({ minimum: 0, maximum: 1 }),
          y: Type.Number({ minimum: 0, maximum: 1 }),
          width: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
          height: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
        },
        { additionalProperties: false },
      ),
    ]),
  },
  { additionalProperties: false },
)
export type Position = Static<typeof Position>
