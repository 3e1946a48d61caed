import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { MeetingState } from '../state.ts'
import type { VoteText } from './facts.ts'
import type { VoteMatter, VoteMethod } from './matter.ts'
import { votePresets } from './presets.ts'
import { customRule, ruleOf, type VoteRule } from './rule.ts'
import { draftRefusal } from './rules.ts'

const mostVotes = 1000
const mostInSitting = 50

type DraftCommand = 'votes:draft' | 'votes:change' | 'votes:remove'
type Text = Omit<Commands['votes:change'], 'voteId'>

export const draftDeciders: Deciders<DraftCommand> = {
  'votes:draft': (state, { itemId, ...text }, { newId }) => {
    if (!entry(state.items, itemId)) return refusal('agenda.unknownItem')
    if (Object.keys(state.votes).length >= mostVotes) return refusal('votes.tooMany', { most: mostVotes })
    const settled = settle(state, text, itemId, null)
    return 'code' in settled ? settled : [{ type: 'vote.drafted', data: { voteId: newId(), itemId, ...settled } }]
  },

  'votes:change': (state, { voteId, ...text }) => {
    const wrong = draftRefusal(state, voteId)
    if (wrong) return wrong
    const settled = settle(state, text, entry(state.votes, voteId)?.itemId ?? '', voteId)
    return 'code' in settled ? settled : [{ type: 'vote.changed', data: { voteId, ...settled } }]
  },

  'votes:remove': (state, { voteId }) => draftRefusal(state, voteId) ?? [{ type: 'vote.removed', data: { voteId } }],
}

type Settled = Omit<VoteText, 'voteId'>

function settle(state: MeetingState, text: Text, itemId: string, voteId: string | null): Settled | Refusal {
  const { title, method, matter, sittingId = null, closesAfterSeconds = null } = text
  const rule = ruleOfDraft(text)
  if (!('base' in rule)) return rule
  const wrong = ruleRefusal(rule, method, matter) ?? matterRefusal(matter) ?? sittingRefusal(state, sittingId, itemId, voteId)
  return wrong ?? { title, method, matter, rule, sittingId, closesAfterSeconds }
}

function ruleOfDraft({ preset, rule, method, matter }: Text): VoteRule | Refusal {
  if ((preset === 'custom') !== (rule !== undefined)) return refusal('votes.ruleUnclear')
  if (preset === 'custom') return rule ? customRule(rule, method) : refusal('votes.ruleUnclear')
  return votePresets[preset].matter === matter.kind ? ruleOf(preset, method) : refusal('votes.otherMatter')
}

/** A tie can follow the chair only when his choice is known and there are two sides (DESIGN.md 10). */
export function ruleRefusal(rule: VoteRule, method: VoteMethod, matter: VoteMatter): Refusal | null {
  return rule.tie === 'chairSide' && (method !== 'named' || matter.kind !== 'question') ? refusal('votes.chairSideNeedsNamed') : null
}

export function matterRefusal(matter: VoteMatter): Refusal | null {
  if (matter.kind === 'question') return null
  const { candidates, least, most, seats } = matter
  if (new Set(candidates.map(({ candidateId }) => candidateId)).size < candidates.length) return refusal('votes.candidateTwice')
  if (least > most || most > candidates.length) return refusal('votes.wrongLimits', { candidates: candidates.length })
  return seats > candidates.length ? refusal('votes.tooManySeats', { candidates: candidates.length }) : null
}

/** A sitting is of one item, and complete when it opens. */
function sittingRefusal(state: MeetingState, sittingId: string | null, itemId: string, voteId: string | null): Refusal | null {
  if (sittingId === null) return null
  const others = Object.values(state.votes).filter((vote) => vote.sittingId === sittingId && vote.voteId !== voteId)
  if (others.some((vote) => vote.status !== 'draft')) return refusal('votes.sittingStarted')
  if (others.some((vote) => vote.itemId !== itemId)) return refusal('votes.sittingOfAnotherItem')
  return others.length >= mostInSitting ? refusal('votes.sittingFull', { most: mostInSitting }) : null
}
