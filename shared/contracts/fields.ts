/** The small pieces that wire schemas are made of; each says its own limits. */
import { Type } from 'typebox'

/** Ids are made by the hub or by a client's crypto.randomUUID; short names are allowed for the demo's people and sites. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$' })
export const CommandId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$' })
/** One line that a person wrote: not blank, no control characters, no half of a surrogate pair (JSON could not be hashed). */
export const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^(?=[\\s\\S]*\\S)[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$' })
export const OptionalLine = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$' })
/** What a person wrote over several lines: not blank; of control characters only tab and line feed. */
export const Lines = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000b-\\u001f\\u007f\\ud800-\\udfff]*$' })
/** Milliseconds since the epoch, within this century. */
export const Instant = Type.Integer({ minimum: 946_684_800_000, maximum: 4_102_444_800_000 })
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const Nothing = Type.Object({}, { additionalProperties: false })
