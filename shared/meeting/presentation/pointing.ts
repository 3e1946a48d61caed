import { Type, type Static } from 'typebox'
import { Id } from '../../contracts/fields.ts'

const Page = Type.Integer({ minimum: 1, maximum: 100_000 })

/** Where the presenter points: `x`, `y` in page coordinates 0–1. A volatile signal: what is lost is replaced by the next one, nothing is kept. */
export const Laser = Type.Object(
  { paperId: Id, page: Page, x: Type.Number({ minimum: 0, maximum: 1 }), y: Type.Number({ minimum: 0, maximum: 1 }) },
  { additionalProperties: false },
)
export type Laser = Static<typeof Laser>

/** Milliseconds after the last signal until the laser is gone, on every screen: a presenter whose line broke must not leave a dot behind. */
export const laserStays = 2_000

export const inkTools = ['pen', 'highlighter'] as const
export const inkColours = ['red', 'blue', 'green', 'black', 'yellow'] as const
/** Points of a stroke travel as whole numbers, 0 to this across the page and down it. */
export const inkGrid = 10_000
/** Points in one batch, at most. */
export const largestBatch = 128

/**
 * A part of a stroke while it is drawn, a volatile signal like the laser. What shall stay is committed to a layer when the pen is lifted;
 * this only bridges the time until then. `from`: the number of the batch's first point. A batch repeats the points of the one before it, so that
 * one that was lost leaves no gap.
 * `width`: of the page's width, 0–1. `points`: x, y, x, y … on the grid. `done`: the pen has been lifted.
 */
export const InkBatch = Type.Object(
  {
    paperId: Id,
    strokeId: Id,
    page: Page,
    tool: Type.Enum([...inkTools]),
    colour: Type.Enum([...inkColours]),
    width: Type.Number({ exclusiveMinimum: 0, maximum: 0.1 }),
    from: Type.Integer({ minimum: 0, maximum: 100_000 }),
    points: Type.Array(Type.Integer({ minimum: 0, maximum: inkGrid }), { minItems: 2, maxItems: 2 * largestBatch }),
    done: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type InkBatch = Static<typeof InkBatch>
