import type { CommandType } from '../../../shared/meeting/command.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'

interface Dice { a: number; b: number; c: number; flag: boolean }

/** Shares and comments of generated meetings. */
export function markData(state: MeetingState, { a, b, c, flag }: Dice, people: readonly string[]): Record<Extract<CommandType, `marks:${string}` | `comments:${string}`>, object> {
  const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]
  const paperId = pick(Object.keys(state.papers), a) ?? 'no-paper'
  const commentId = pick(Object.keys(state.comments), b) ?? 'no-comment'
  return {
    'marks:share': { paperId, withPersons: people.filter((id, index) => (c >> index) & 1 && (flag || Object.hasOwn(state.participants, id))).slice(0, 1 + (b % 3)) },
    'comments:submit': { paperId, version: 1, anchor: { page: 1 + (c % 3), quote: flag ? { exact: `Điều ${b}`, prefix: '', suffix: '' } : null, boxes: [] }, text: `Đề nghị làm rõ ${b}` },
    'comments:withdraw': { commentId }, 'comments:disclose': { commentId },
    'comments:answer': { commentId, verdict: pick(['accepted', 'explained', 'noted'], a), text: flag ? 'Xin tiếp thu' : '' },
  }
}
