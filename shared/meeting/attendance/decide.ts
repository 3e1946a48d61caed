import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { may } from '../permission.ts'
import { presenceOf } from './quorum.ts'

export const attendanceDeciders: Deciders<'attendance:declare'> = {
  'attendance:declare': (state, { personId, presence, siteId = null }, context) => {
    const wrong = statusRefusal(state, 'scheduled', 'inSession', 'recess')
    if (wrong) return wrong
    const who = personId ?? context.personId
    if (who !== context.personId && !may(state, context.personId, 'attendance.declareOthers')) return refusal('permission.denied')
    if (!entry(state.participants, who)) return refusal('participants.unknown')
    if (presence === 'atSite' ? siteId === null || !state.details.siteIds.includes(siteId) : siteId !== null) {
      return refusal('attendance.unknownSite')
    }
    const now = presenceOf(state, who)
    if (now?.presence === presence && now.siteId === siteId) return refusal('attendance.unchanged')
    return [{ type: 'attendance.declared', data: { personId: who, presence, siteId } }]
  },
}
