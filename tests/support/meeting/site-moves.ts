import type { CommandType } from '../../../shared/meeting/command.ts'
import { siteLines, type SiteCheck } from '../../../shared/meeting/sites/state.ts'

interface Dice { a: number; b: number; c: number; flag: boolean }

export const goodCheck: SiteCheck = { microphone: true, loudspeaker: true, camera: true, pictureBack: true, lossPercent: 0.4, roundTripMs: 28, upKbps: 4200, downKbps: 9800 }

/** What happens to sites of generated meetings. */
export function siteData({ a, b, c, flag }: Dice, sites: readonly string[]): Record<Extract<CommandType, `sites:${string}`>, object> {
  const siteId = sites[a % sites.length] ?? ''
  return {
    'sites:check': { siteId, check: { ...goodCheck, microphone: b % 5 > 0, camera: flag, roundTripMs: c } },
    'sites:declareReady': { siteId },
    'sites:setLine': { siteId, line: siteLines[b % siteLines.length], ...(flag ? { lossPercent: c / 10, roundTripMs: c } : {}) },
    'sites:useTelephone': { siteId, ...(flag ? { reason: 'Đứt cáp quang' } : {}) },
    'sites:endTelephone': { siteId },
  }
}
