/** For load balancers and watchdogs. */
import { Type, type Static } from 'typebox'

/** /healthz: the process answers. */
export const Health = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false })
export type Health = Static<typeof Health>

/** /readyz: the store answers too (200), or does not (503). */
export const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('storeDoesNotAnswer')]),
  store: Type.Union([Type.Literal('sqlite'), Type.Literal('mongodb')]),
}, { additionalProperties: false })
export type Readiness = Static<typeof Readiness>
