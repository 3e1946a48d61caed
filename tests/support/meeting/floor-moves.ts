import type { Commands } from '../../../shared/meeting/command.ts'
import { currentList, waitingOn } from '../../../shared/meeting/floor/order.ts'
import { entryKinds, type FloorEntry } from '../../../shared/meeting/floor/state.ts'
import { firstInTurn } from '../../../shared/meeting/floor/turn.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'

type FloorCommand = Extract<keyof Commands, `floor:${string}`>
interface Dice { a: number; b: number; c: number; flag: boolean }

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

const limits = { speech: 420, debate: 180, presentation: 600, intervention: null, interposedQuestion: 60, pointOfOrder: 120, answer: 180 }
const configurations = (a: number, flag: boolean): Commands['floor:configure'][] => [
  { interposedQuestions: true, interventions: true }, { showAmount: flag }, { notesToAll: flag }, { multipleEntries: flag }, { presentOnly: flag },
  { interposedQuestions: true }, { advance: flag ? 'last' : 'first' }, { initiallyClosed: flag && a % 3 === 0 }, { debateFirst: flag },
  { categories: [{ categoryId: 'agenda', title: 'Về chương trình', rank: 2 }, { categoryId: 'time', title: 'Về thời gian', rank: 1 }] },
  { limits, reducedLimits: { speech: 300, debate: 120 }, reduceFrom: flag ? 2 : null }, { keepSeconds: 5 + (a % 60), pointsOfOrderForOthers: flag },
]

/** Commands of the floor in generated histories: what they name is mostly there. */
export function floorData(state: MeetingState, { a, b, c, flag }: Dice, people: readonly string[]): Record<FloorCommand, object> {
  const entries = Object.values(state.floorEntries)
  const waiting = waitingOn(state.floorEntries, currentList(state))
  const one = (wanted: (entry: FloorEntry) => boolean, index: number) => pick(entries.filter(wanted), index)?.entryId ?? pick(entries, index)?.entryId ?? 'no-entry'
  const inLine = pick(waiting, a)?.entryId ?? one((entry) => entry.status === 'waiting', a)
  const first = firstInTurn(state)?.entryId ?? inLine
  const running = one((entry) => entry.status === 'speaking' || entry.status === 'paused', b)
  const kind = pick(entryKinds, c)
  const person = pick(people, b)
  return {
    'floor:request': {
      kind, ...(kind === 'answer' ? { answersId: flag ? running : inLine } : {}), ...(a % 5 === 0 ? { note: `Ý kiến ${a}` } : {}),
      ...(kind === 'speech' && c % 4 === 0 ? { itemId: pick(Object.keys(state.items), b) ?? 'no-item' } : {}),
      ...(a % 7 === 0 ? { personId: person } : a % 7 === 1 ? { siteId: 'site-1' } : a % 7 === 2 && kind === 'interposedQuestion' ? { personId: null } : {}),
      ...(kind === 'pointOfOrder' && flag ? { categoryId: pick(['agenda', 'time'], b) } : {}), ...(flag ? { contribution: true, stance: 'pro' } : {}),
    },
    'floor:withdraw': a % 3 === 0 ? {} : { entryId: inLine, ...(flag ? { reason: 'Trùng ý kiến' } : {}) },
    'floor:move': { entryId: inLine, afterId: flag ? null : (pick(waiting, b)?.entryId ?? 'no-entry'), reason: 'Theo điều hành' },
    'floor:give': flag ? { entryId: first } : { entryId: inLine, ...(b % 3 ? { reason: 'Liên quan trực tiếp' } : {}) },
    'floor:invite': { ...(b % 4 ? { personId: person } : { siteId: 'site-2' }), ...(flag ? { reason: 'Mời điểm cầu' } : {}) },
    'floor:pause': { entryId: running, ...(flag ? { connection: true } : {}) },
    'floor:resume': { entryId: flag ? one((entry) => entry.status === 'paused', b) : running },
    'floor:end': { entryId: running },
    'floor:extend': { entryId: running, seconds: 60 },
    'floor:readd': { entryId: entries.filter((entry) => entry.status === 'finished').sort((x, y) => (y.endedAt ?? 0) - (x.endedAt ?? 0))[0]?.entryId ?? 'no-entry' },
    'floor:open': {}, 'floor:close': {},
    'floor:configure': pick(configurations(a, flag), b) as object,
    'floor:setGroups': { groups: [{ groupId: 'to-1', title: 'Tổ 1', personIds: people.slice(0, 2 + (c % 3)), initialSeconds: a % 30 }, { groupId: 'to-2', title: 'Tổ 2', personIds: people.slice(5, 7), initialSeconds: 600 }] },
    'floor:addTime': { groupId: b % 4 ? 'to-1' : 'to-2' },
  }
}
