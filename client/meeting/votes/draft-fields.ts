import type { Commands } from '../../../shared/meeting/command.ts'
import type { MeetingBody } from '../../../shared/meeting/lifecycle/state.ts'
import type { Candidate, VoteMatter, VoteMethod } from '../../../shared/meeting/votes/matter.ts'
import { bodyPresets, votePresets, type VotePreset } from '../../../shared/meeting/votes/presets.ts'
import { customRule, ruleOf, thresholds, voteQuorums, type CustomRule, type ThresholdName, type VoteQuorum, type VoteRule } from '../../../shared/meeting/votes/rule.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'

/** What the form of a draft holds while it is being filled in. */
export interface DraftFields {
  title: string
  kind: VoteMatter['kind']
  method: VoteMethod
  candidates: Candidate[]
  seats: number
  least: number
  most: number
  preset: VotePreset | 'custom'
  rule: CustomRule
  closesAfterSeconds: number | null
  /** The vote with which this one shares a sitting; null: it is alone. */
  beside: string | null
}

export type DraftProblem = 'title' | 'candidates' | 'candidateTwice' | 'limits' | 'seats'
type DraftText = Omit<Commands['votes:change'], 'voteId' | 'sittingId'>

export function emptyFields(body: MeetingBody, newId: () => string): DraftFields {
  return {
    title: '', kind: 'question', method: 'named', candidates: [blank(newId), blank(newId)], seats: 1, least: 1, most: 1,
    preset: bodyPresets[body].question[0] ?? 'presentMajority',
    rule: { base: 'totalMembers', threshold: 'moreThanHalf', tie: 'rejected', quorum: 'twoThirds', changeable: false },
    closesAfterSeconds: null, beside: null,
  }
}

export function blank(newId: () => string): Candidate {
  return { candidateId: newId(), label: '' }
}

/** The fields of a draft that is there already. `others`: the drafts of the same sitting. */
export function fieldsOf(vote: VoteView, others: readonly VoteView[], body: MeetingBody, newId: () => string): DraftFields {
  const { title, method, matter, rule, closesAfterSeconds } = vote
  const list = matter.kind === 'election' ? { candidates: matter.candidates.map((one) => ({ ...one })), seats: matter.seats, least: matter.least, most: matter.most } : {}
  return {
    ...emptyFields(body, newId), ...list, title, kind: matter.kind, method, preset: rule.preset, closesAfterSeconds,
    rule: { base: rule.base, threshold: thresholdName(rule), tie: rule.tie, quorum: quorumName(rule), changeable: rule.changeable },
    beside: others[0]?.voteId ?? null,
  }
}

/** The presets that this body is offered for this matter, the one that a draft has already among them. */
export function presetsFor({ kind, preset }: Pick<DraftFields, 'kind' | 'preset'>, body: MeetingBody): VotePreset[] {
  const offered = [...bodyPresets[body][kind]]
  if (preset !== 'custom' && votePresets[preset].matter === kind && !offered.includes(preset)) offered.push(preset)
  return offered
}

/** The rule as these fields have it, to say it in a sentence. A tie follows the chair only where his choice is known and there are two sides. */
export function ruleFrom({ preset, rule, method, kind }: Pick<DraftFields, 'preset' | 'rule' | 'method' | 'kind'>): VoteRule {
  return preset === 'custom' ? customRule({ ...rule, tie: tieAllowed({ method, kind }) ? rule.tie : 'rejected' }, method) : ruleOf(preset, method)
}

export function tieAllowed({ method, kind }: Pick<DraftFields, 'method' | 'kind'>): boolean {
  return method === 'named' && kind === 'question'
}

/** Whether a preset can be chosen with this method: one whose ties follow the chair needs a named vote. */
export function presetAllowed(preset: VotePreset, method: VoteMethod): boolean {
  return votePresets[preset].tie !== 'chairSide' || method === 'named'
}

/** The preset that stands after kind or method has changed: the same if it still fits, else the first that does. */
export function fittingPreset(fields: DraftFields, body: MeetingBody): DraftFields['preset'] {
  const { preset, kind, method } = fields
  if (preset === 'custom' || (votePresets[preset].matter === kind && presetAllowed(preset, method))) return preset
  return bodyPresets[body][kind].find((one) => presetAllowed(one, method)) ?? 'custom'
}

function written(candidates: readonly Candidate[]): Candidate[] {
  return candidates.map(({ candidateId, label }) => ({ candidateId, label: label.trim() })).filter(({ label }) => label !== '')
}

export function draftProblems({ title, kind, candidates, seats, least, most }: DraftFields): DraftProblem[] {
  const problems: DraftProblem[] = title.trim() === '' ? ['title'] : []
  if (kind === 'question') return problems
  const list = written(candidates)
  if (list.length < 2) problems.push('candidates')
  else if (new Set(list.map(({ label }) => label.toLocaleLowerCase('vi'))).size < list.length) problems.push('candidateTwice')
  else if (seats > list.length) problems.push('seats')
  else if (least > most || most > list.length) problems.push('limits')
  return problems
}

/** What is sent to the hub; ask for problems first. */
export function draftText(fields: DraftFields): DraftText {
  const { title, kind, method, candidates, seats, least, most, preset, rule, closesAfterSeconds } = fields
  const matter: VoteMatter = kind === 'question' ? { kind } : { kind, candidates: written(candidates), seats, least, most }
  const own = preset === 'custom' ? { rule: { ...rule, tie: tieAllowed(fields) ? rule.tie : 'rejected' as const, changeable: rule.changeable && method === 'named' } } : {}
  return { title: title.trim(), method, matter, preset, ...own, closesAfterSeconds }
}

/** A draft as it is, to be sent again with another sitting. */
export function textOf({ title, method, matter, rule, closesAfterSeconds }: VoteView): DraftText {
  const own = rule.preset === 'custom' ? { rule: { base: rule.base, threshold: thresholdName(rule), tie: rule.tie, quorum: quorumName(rule), changeable: rule.changeable } } : {}
  return { title, method, matter, preset: rule.preset, ...own, closesAfterSeconds }
}

function thresholdName({ threshold }: VoteRule): ThresholdName {
  const names = Object.keys(thresholds) as ThresholdName[]
  const share = 'numerator' in threshold ? threshold.numerator * 100 + threshold.denominator : 0
  return names.find((name) => {
    const one = thresholds[name]
    return one.kind === threshold.kind && ('numerator' in one ? one.numerator * 100 + one.denominator : 0) === share
  }) ?? 'moreThanHalf'
}

function quorumName({ quorum }: VoteRule): VoteQuorum {
  const names = Object.keys(voteQuorums) as VoteQuorum[]
  return names.find((name) => voteQuorums[name]?.numerator === quorum?.numerator && voteQuorums[name]?.denominator === quorum?.denominator) ?? 'none'
}
