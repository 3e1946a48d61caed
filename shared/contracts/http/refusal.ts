/** How every HTTP route says no. */
import { Type } from 'typebox'

/** A refusal on the wire: code for programs, sentence in the reader's language. The type is RefusalAnswer in ../refusal.ts. */
export const RefusalBody = Type.Object({
  code: Type.String(),
  sentence: Type.String(),
  params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
}, { additionalProperties: false })

/** Response schemas of a route that answers `ok` with 200 and refusals otherwise. */
export function answers<T>(ok: T): { 200: T; '4xx': typeof RefusalBody; '5xx': typeof RefusalBody } {
  return { 200: ok, '4xx': RefusalBody, '5xx': RefusalBody }
}
