import { Type } from 'typebox'
import { Id, Line } from '../../contracts/fields.ts'
import { siteLines } from './state.ts'

const LossPercent = Type.Number({ minimum: 0, maximum: 100 })
const RoundTripMs = Type.Integer({ minimum: 0, maximum: 60_000 })
const Kbps = Type.Integer({ minimum: 0, maximum: 10_000_000 })

const Check = Type.Object(
  {
    microphone: Type.Boolean(),
    loudspeaker: Type.Boolean(),
    camera: Type.Boolean(),
    pictureBack: Type.Boolean(),
    lossPercent: LossPercent,
    roundTripMs: RoundTripMs,
    upKbps: Kbps,
    downKbps: Kbps,
  },
  { additionalProperties: false },
)
const site = Type.Object({ siteId: Id }, { additionalProperties: false })

export const siteCommands = {
  /** The result of a readiness test, before the site takes part or while it is away; the last one counts. */
  'sites:check': Type.Object({ siteId: Id, check: Check }, { additionalProperties: false }),
  /** After a test in which microphone and loudspeaker did. */
  'sites:declareReady': site,
  /** By the hub as it measures, once it has held for a while (line-watch.ts); by hand where other equipment carries the line. */
  'sites:setLine': Type.Object(
    { siteId: Id, line: Type.Enum([...siteLines]), lossPercent: Type.Optional(LossPercent), roundTripMs: Type.Optional(RoundTripMs) },
    { additionalProperties: false },
  ),
  /** The site is heard by telephone; what is measured of its line counts no more until that is ended. */
  'sites:useTelephone': Type.Object({ siteId: Id, reason: Type.Optional(Line(250)) }, { additionalProperties: false }),
  'sites:endTelephone': site,
}
