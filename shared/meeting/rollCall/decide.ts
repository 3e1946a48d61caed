import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { declarations } from '../attendance/declarations.ts'
import { quorumChecked } from '../attendance/checked.ts'
import { presentAt } from '../attendance/place.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { may } from '../permission.ts'
import type { MeetingState } from '../state.ts'
import { answerRefusal, callRefusal, finishRefusal, runningRollCall } from './rules.ts'

type RollCallCommand = Extract<keyof Commands, `rollCall:${string}`>

export const rollCallDeciders: Deciders<RollCallCommand> = {
  'rollCall:callSite': (state, { siteId }) =>
    callRefusal(state, siteId) ?? [
      ...(runningRollCall(state) ? [] : [{ type: 'rollCall.started', data: {} } satisfies NewFact]),
      { type: 'rollCall.siteCalled', data: { siteId } },
    ],

  'rollCall:answer': (state, data, { personId }) => {
    const { siteId, answer } = data
    const wrong = answerRefusal(state, personId, siteId, answer)
    if (wrong) return wrong
    const personIds = data.answer === 'present' ? data.personIds : []
    const stranger = strangerRefusal(state, personId, siteId, personIds)
    if (stranger) return stranger
    const declared = declarations(state, personIds.map((id) => ({ personId: id, presence: 'atSite', siteId })))
    const there = new Set([...presentAt(state, siteId), ...personIds])
    const call = state.rollCall && entry(state.rollCall.calls, siteId)
    if (call?.answer === answer && declared.length === 0) return refusal('rollCall.answered')
    return [...declared, { type: 'rollCall.siteAnswered', data: { siteId, answer, present: there.size } }]
  },

  'rollCall:finish': (state) => finishRefusal(state) ?? [{ type: 'rollCall.finished', data: {} }, quorumChecked(state, 'rollCall')],
}

/** A technician vouches for the people expected at his site, chair and secretary for whoever sits there. */
function strangerRefusal(state: MeetingState, senderId: string, siteId: string, personIds: readonly string[]): Refusal | null {
  const people = personIds.map((id) => entry(state.participants, id))
  if (people.includes(undefined)) return refusal('participants.unknown')
  const vouches = may(state, senderId, 'attendance.declareOthers') || people.every((one) => one?.siteId === siteId)
  return vouches ? null : refusal('rollCall.notOfSite')
}
