import { Type, type Static } from 'typebox'

/** What came, in octets. */
export const LineTestAnswer = Type.Object({ octets: Type.Integer() }, { additionalProperties: false })
export type LineTestAnswer = Static<typeof LineTestAnswer>
