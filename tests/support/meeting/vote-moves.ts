import type { MeetingState } from '../../../shared/meeting/state.ts'
import { choices, type VoteMatter } from '../../../shared/meeting/votes/matter.ts'
import { votePresets, type VotePreset } from '../../../shared/meeting/votes/presets.ts'
import { thresholds, ties, voteBases } from '../../../shared/meeting/votes/rule.ts'
import { seal } from './sealing.ts'

interface Dice { a: number; b: number; c: number; flag: boolean }

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
const candidates = ['c1', 'c2', 'c3', 'c4'].map((candidateId, place) => ({ candidateId, label: `Ứng cử viên ${place + 1}` }))

/** Mostly a draft that holds; now and then limits, ties or sittings that do not. */
export function draftText({ a, b, c, flag }: Dice) {
  const method = b % 3 === 0 ? 'secret' : 'named'
  const matter: VoteMatter = a % 4 === 0 ? { kind: 'election', candidates: candidates.slice(0, 2 + (b % 3)), least: 1, most: 1 + (c % 3), seats: 1 + (c % 2) } : { kind: 'question' }
  const preset = pick((Object.keys(votePresets) as VotePreset[]).filter((name) => votePresets[name].matter === matter.kind || c % 31 === 0), c)
  const rule = { base: pick(voteBases, a), threshold: pick(Object.keys(thresholds), b), tie: pick(ties, c), quorum: pick(['none', 'half', 'twoThirds'], a), changeable: flag }
  return {
    title: `Thông qua ${a}`, method, matter,
    ...(a % 5 === 1 ? { preset: 'custom', rule } : { preset }),
    ...(flag ? { sittingId: `sitting-${c % 4}` } : {}),
    ...(b % 4 === 1 ? { closesAfterSeconds: 30 + c } : {}),
  }
}

/** A vote that a move of this kind has most to do with, or one of the last. */
export function voteFor(state: MeetingState, type: string, { a, flag }: Dice): string {
  const all = Object.values(state.votes)
  const wanted = all.filter(({ status, method }) =>
    type === 'votes:count' ? status === 'closed' : type === 'votes:publish' ? status === 'counted'
      : type === 'votes:void' ? method === 'secret' && (status === 'open' || status === 'closed') : status === 'open')
  const likely = flag || a % 3 > 0 ? wanted : []
  return pick(likely.length > 0 ? likely : all.slice(-3), a)?.voteId ?? 'no-vote'
}

/** A ballot of the vote's own kind, most of the time. */
export function ballot(state: MeetingState, voteId: string, { a, b, c }: Dice) {
  const vote = state.votes[voteId]
  const listed = vote?.matter.kind === 'election' ? vote.matter.candidates.map(({ candidateId }) => candidateId) : []
  const chosen = listed.filter((_, place) => (c >> place) & 1)
  const choice = pick(choices, b)
  if (a % 29 === 0) return { voteId, choice }
  // One in seven marks everything there is, which says nothing.
  if (vote?.method === 'secret') return { voteId, sealed: seal(vote.matter.kind === 'election' ? chosen : c % 7 ? [choice] : choices, vote.matter) }
  return vote?.matter.kind === 'election' ? { voteId, chosen } : { voteId, choice }
}
