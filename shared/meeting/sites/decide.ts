import type { Commands, Context, Deciders } from '../command.ts'
import type { NewFact } from '../fact.ts'
import { checkRefusal, lineRefusal, readyRefusal, siteStanding, statusAfter, telephoneRefusal } from './rules.ts'

type SiteCommand = Extract<keyof Commands, `sites:${string}`>

const sender = ({ personId, hub = false }: Context) => (hub ? null : personId)

export const siteDeciders: Deciders<SiteCommand> = {
  'sites:check': (state, { siteId, check }, context) =>
    checkRefusal(state, sender(context), siteId) ?? [{ type: 'site.checked', data: { siteId, check } }],

  'sites:declareReady': (state, { siteId }, context) =>
    readyRefusal(state, sender(context), siteId) ?? [{ type: 'site.declaredReady', data: { siteId } }],

  'sites:setLine': (state, data, context) => {
    const { siteId, line } = data
    return lineRefusal(state, sender(context), siteId, line) ?? [lineFact(data, statusAfter(siteStanding(state, siteId).status, line))]
  },

  'sites:useTelephone': (state, { siteId, reason = null }, context) =>
    telephoneRefusal(state, sender(context), siteId, true) ?? [{ type: 'site.telephoned', data: { siteId, reason } }],

  'sites:endTelephone': (state, { siteId }, context) =>
    telephoneRefusal(state, sender(context), siteId, false) ?? [{ type: 'site.telephoneEnded', data: { siteId } }],
}

function lineFact({ siteId, lossPercent, roundTripMs }: Commands['sites:setLine'], next: ReturnType<typeof statusAfter>): NewFact {
  if (next === 'lost') return { type: 'site.lost', data: { siteId } }
  if (next !== 'degraded') return { type: 'site.entered', data: { siteId } }
  const measured = lossPercent !== undefined && roundTripMs !== undefined
  return { type: 'site.degraded', data: { siteId, weakness: measured ? { lossPercent, roundTripMs } : null } }
}
