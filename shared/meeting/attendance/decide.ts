import { refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { quorumChecked } from './checked.ts'
import { declarations, placeRefusal, presenceAt } from './declarations.ts'
import { checkInRefusal, checkInSite, declareRefusal, rulesRefusal } from './rules.ts'
import { personWithNumber } from './numbers.ts'

type AttendanceCommand = Extract<keyof Commands, `attendance:${string}` | `quorum:${string}`>

export const attendanceDeciders: Deciders<AttendanceCommand> = {
  'attendance:declare': (state, { personId, presence, siteId = null }, context) => {
    const who = personId ?? context.personId
    const wrong = declareRefusal(state, context.personId, who) ?? placeRefusal(state, presence, siteId)
    if (wrong) return wrong
    const facts = declarations(state, [{ personId: who, presence, siteId }])
    return facts.length > 0 ? facts : refusal('attendance.unchanged')
  },

  'attendance:declareMany': (state, { personIds, presence, siteId = null }) => {
    const wrong = statusRefusal(state, 'scheduled', 'inSession', 'recess') ?? (presence === 'expected' ? null : placeRefusal(state, presence, siteId))
    if (wrong) return wrong
    if (presence === 'expected' && siteId !== null) return refusal('attendance.unknownSite')
    const people = personIds.map((id) => entry(state.participants, id)).filter((one) => one !== undefined)
    if (people.length < personIds.length) return refusal('participants.unknown')
    const facts = declarations(state, people.map((one) => ({
      personId: one.personId, ...(presence === 'expected' ? presenceAt(one.siteId) : { presence, siteId }),
    })))
    return facts.length > 0 ? facts : refusal('attendance.unchanged')
  },

  'attendance:checkIn': (state, { number, siteId }, context) => {
    const wrong = checkInRefusal(state, context.personId, number, siteId)
    if (wrong) return wrong
    const personId = personWithNumber(state.numbers, number) as string
    const place = presenceAt(checkInSite(state, context.personId, personId, siteId))
    const facts = placeRefusal(state, place.presence, place.siteId) ?? declarations(state, [{ personId, ...place }])
    return Array.isArray(facts) && facts.length === 0 ? refusal('attendance.unchanged') : facts
  },

  'attendance:setRules': (state, change) => rulesRefusal(state, change) ?? [{ type: 'attendance.rulesChanged', data: change }],

  'quorum:check': (state) => statusRefusal(state, 'scheduled', 'inSession', 'recess') ?? [quorumChecked(state, 'asked')],
}
