import type { CommandType } from '../../../shared/meeting/command.ts'
import { stageOrderKinds } from '../../../shared/meeting/stage/state.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'

interface Dice { a: number; b: number; c: number; flag: boolean }

/** The chair's orders in generated meetings; half of them take one back that holds. */
export function stageData(state: MeetingState, { a, b, c, flag }: Dice, people: readonly string[]): Record<Extract<CommandType, `stage:${string}`>, object> {
  const place = flag ? { siteId: [null, 'site-1', 'site-2'][a % 3] } : { personId: people[b % people.length] }
  const held = state.stage.orders[a % Math.max(1, state.stage.orders.length)]
  return {
    'stage:order': held && c % 2 ? { kind: held.kind, place: held.place, on: false } : { kind: stageOrderKinds[b % stageOrderKinds.length], place, on: true },
    'stage:configure': flag ? { connectNext: c % 6 } : { muteOverrunAfterSeconds: c % 3 ? c % 600 : null },
  }
}
