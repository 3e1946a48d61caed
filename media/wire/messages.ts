/** What stands in the frames between a hub and a media process. */
import { Type, type Static } from 'typebox'

/** A hub and a media process work together only with the same. Raise it with every change of a call or an event. */
export const wireProtocol = 3

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 200 })
/** Null: about the process itself. */
const Room = Type.Union([Name, Type.Null()])
const Args = Type.Array(Type.Any(), { maxItems: 8 })

/** From the hub. `room`: a name that the hub has given it, never twice on one line. */
export const Request = Type.Object({ id: Type.Integer({ minimum: 1 }), room: Room, call: Name, args: Args }, closed)
export type Request = Static<typeof Request>

/** To the hub. `refused`: its code and parameters (shared/contracts/refusal.ts). `failed`: for the log. */
export const Reply = Type.Union([
  Type.Object({ id: Type.Integer(), answer: Type.Any() }, closed),
  Type.Object({ id: Type.Integer(), refused: Type.Object({ code: Name, params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))) }, closed) }, closed),
  Type.Object({ id: Type.Integer(), failed: Type.String({ maxLength: 500 }) }, closed),
])
export type Reply = Static<typeof Reply>

/** To the hub, whenever something happens. */
export const Event = Type.Object({ room: Room, event: Name, args: Args }, closed)
export type Event = Static<typeof Event>
