import type { Refusal } from '../../../shared/contracts/refusal.ts'
import type { siteRefusals } from '../../../shared/contracts/refusals/sites.ts'
import type { stageRefusals } from '../../../shared/contracts/refusals/stage.ts'
import { meetingInSession, type Rehearsal } from './rehearsal.ts'
import { goodCheck } from './site-moves.ts'

const siteId = 'site-1'

/** In session; `technician` is the province's, `dung` serves site-1. */
export function withTechnicians(): Rehearsal {
  const { meeting } = meetingInSession()
  meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId })
  return meeting
}

/** The same, site-1 tested and ready. */
export function withReadySite(): Rehearsal {
  const meeting = withTechnicians()
  meeting.do('dung', 'sites:check', { siteId, check: goodCheck })
  meeting.do('dung', 'sites:declareReady', { siteId })
  return meeting
}

/** The same, site-1 taking part. */
export function withSiteInSession(): Rehearsal {
  const meeting = withReadySite()
  meeting.do(null, 'sites:setLine', { siteId, line: 'up' })
  return meeting
}

/** How each refusal about sites comes about. */
export const siteScenes: Record<keyof typeof siteRefusals, () => Refusal> = {
  'sites.notYours': () => withTechnicians().refusal('dung', 'sites:check', { siteId: 'site-2', check: goodCheck }),
  'sites.tooManyChecks': () => {
    const meeting = withTechnicians()
    for (let count = 0; count < 100; count += 1) meeting.do('dung', 'sites:check', { siteId, check: goodCheck })
    return meeting.refusal('dung', 'sites:check', { siteId, check: goodCheck })
  },
  'sites.underway': () => withSiteInSession().refusal('dung', 'sites:check', { siteId, check: goodCheck }),
  'sites.byTelephone': () => {
    const meeting = withSiteInSession()
    meeting.do('technician', 'sites:useTelephone', { siteId })
    return meeting.refusal(null, 'sites:setLine', { siteId, line: 'up' })
  },
  'sites.notByTelephone': () => withReadySite().refusal('technician', 'sites:endTelephone', { siteId }),
  'sites.notChecked': () => withTechnicians().refusal('dung', 'sites:declareReady', { siteId }),
  'sites.noSound': () => {
    const meeting = withTechnicians()
    meeting.do('dung', 'sites:check', { siteId, check: { ...goodCheck, loudspeaker: false } })
    return meeting.refusal('chair', 'sites:declareReady', { siteId })
  },
  'sites.alreadyReady': () => withReadySite().refusal('dung', 'sites:declareReady', { siteId }),
  'sites.notEntered': () => withReadySite().refusal(null, 'sites:setLine', { siteId, line: 'down' }),
  'sites.unchanged': () => withSiteInSession().refusal(null, 'sites:setLine', { siteId, line: 'up' }),
}

/** How each refusal about the stage comes about. */
export const stageScenes: Record<keyof typeof stageRefusals, () => Refusal> = {
  'stage.unchanged': () => withTechnicians().refusal('chair', 'stage:order', { kind: 'mute', place: { siteId }, on: false }),
  'stage.chairPlace': () => withTechnicians().refusal('secretary', 'stage:order', { kind: 'remove', place: { siteId: null }, on: true }),
  'stage.full': () => {
    const meeting = withTechnicians()
    for (const personId of ['chair', 'secretary', 'an', 'binh', 'chi', 'dung', 'guest', 'observer']) meeting.do('chair', 'stage:order', { kind: 'show', place: { personId }, on: true })
    return meeting.refusal('chair', 'stage:order', { kind: 'show', place: { siteId }, on: true })
  },
}
