import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { orderRefusal } from './rules.ts'

export const stageDeciders: Deciders<'stage:order' | 'stage:configure'> = {
  'stage:order': (state, data, { personId }) => orderRefusal(state, personId, data) ?? [{ type: 'stage.ordered', data }],

  'stage:configure': (state, data) => {
    const wrong = statusRefusal(state, 'draft', 'scheduled', 'inSession', 'recess')
    if (wrong) return wrong
    const { muteOverrunAfterSeconds = state.stage.muteOverrunAfterSeconds, connectNext = state.stage.connectNext } = data
    const same = muteOverrunAfterSeconds === state.stage.muteOverrunAfterSeconds && connectNext === state.stage.connectNext
    return same ? refusal('stage.unchanged') : [{ type: 'stage.configured', data }]
  },
}
