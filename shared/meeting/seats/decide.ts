import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { assignRefusal, changeSeatRefusal, drawRefusal, seatPlanOf } from './rules.ts'

/** Before and during the meeting alike: people change places, and a plan is only a drawing. */
export const seatDeciders: Deciders<'seats:draw' | 'seats:change' | 'seats:assign' | 'seats:clear'> = {
  'seats:draw': (state, data, { newId }) =>
    drawRefusal(state, data) ?? [
      {
        type: 'seats.drawn',
        data: { siteId: data.siteId, layout: data.layout, seats: data.seats.map(({ seatId = newId(), label, x, y }) => ({ seatId, label, x, y })) },
      },
    ],

  'seats:change': (state, data) => changeSeatRefusal(state, data) ?? [{ type: 'seats.changed', data }],

  'seats:assign': (state, { assignments }) => assignRefusal(state, assignments) ?? [{ type: 'seats.assigned', data: { assignments } }],

  'seats:clear': (state, { siteId }) => (seatPlanOf(state, siteId) ? [{ type: 'seats.cleared', data: { siteId } }] : refusal('seats.noPlan')),
}
