import { countable } from '../../../shared/meeting/hands/rules.ts'
import { handChannels, type HandCount } from '../../../shared/meeting/hands/state.ts'
import type { MeetingState } from '../../../shared/meeting/state.ts'
import { choices } from '../../../shared/meeting/votes/matter.ts'

interface Dice { a: number; b: number; c: number; flag: boolean }

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

/** Counts by hand, most of them on votes and of people that can be counted; now and then one too many. */
export function handData(state: MeetingState, { a, b, c, flag }: Dice) {
  const open = Object.values(state.votes).filter(({ status, method, matter }) => status === 'open' && method === 'named' && matter.kind === 'question')
  const vote = pick(a % 9 ? open : Object.values(state.votes).slice(-3), a)
  const running = Object.values(state.hands).filter(({ status, voteId }) => status !== 'withdrawn' && state.votes[voteId]?.status === 'open')
  const count = pick(a % 7 ? running : Object.values(state.hands).slice(-3), b)
  const there = count ? countable(state, count) : []
  const countId = count?.countId ?? 'no-count'
  const approve = there.length === 0 ? 0 : b % (there.length + 1)
  const persons = there.filter((_, place) => (c >> place) & 1).map((personId, place) => ({ personId, choice: pick(choices, a + place)! }))
  return {
    'hands:begin': { voteId: vote?.voteId ?? 'no-vote', siteId: pick([null, null, 'site-1', 'site-2'], c)!, channel: pick(handChannels, b)! },
    'hands:enter': flag ? { countId, persons } : { countId, counts: { approve, reject: Math.max(0, there.length - approve - (c % 2)), abstain: a % 11 === 0 ? 1 : 0 } },
    'hands:confirm': { countId },
    'hands:withdraw': { countId, reason: 'Đếm nhầm' },
  }
}

/** Votes that confirmed counts brought. */
export function countedByHand(state: MeetingState, voteId: string): HandCount[] {
  return Object.values(state.hands).filter((count) => count.voteId === voteId && count.status === 'confirmed')
}
