import { Type, type Static } from 'typebox'
import { troubles } from '../../meeting/sites/incidents.ts'
import { Id, Instant } from '../fields.ts'

/** What befell the lines of a meeting's sites, in order of time; of very many the latest. `until` null: it lasts. `by` null: the hub measured it. */
export const IncidentLog = Type.Object(
  {
    incidents: Type.Array(
      Type.Object(
        {
          siteId: Id,
          trouble: Type.Enum([...troubles]),
          from: Instant,
          until: Type.Union([Instant, Type.Null()]),
          by: Type.Union([Id, Type.Null()]),
          weakness: Type.Union([Type.Object({ lossPercent: Type.Number(), roundTripMs: Type.Number() }, { additionalProperties: false }), Type.Null()]),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type IncidentLog = Static<typeof IncidentLog>
