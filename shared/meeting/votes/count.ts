import { isPresent, type QuorumFigures } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { confirmedCounts, type ConfirmedCount } from '../hands/tally.ts'
import type { MeetingState } from '../state.ts'
import { sitesTold } from './by-site.ts'
import { countChosen, tallyElection } from './election.ts'
import type { OpenedBallots, QuestionCounts, Result, RollEntry, SiteResult, VoteResult } from './result.ts'
import { revealingAfter } from './secrecy.ts'
import { bySite } from './sites.ts'
import type { Ballot, Vote } from './state.ts'
import { tally } from './tally.ts'

const none: QuestionCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0 }

function sum(parts: readonly Partial<QuestionCounts>[]): QuestionCounts {
  const counts = { ...none }
  for (const part of parts) {
    for (const kind of ['approve', 'reject', 'abstain', 'invalid'] as const) counts[kind] += part[kind] ?? 0
  }
  return counts
}

function countChoices(ballots: readonly Ballot[]): QuestionCounts {
  const counts = { ...none }
  for (const ballot of ballots) if ('choice' in ballot) counts[ballot.choice] += 1
  return counts
}

/**
 * The roll as it stands at closing. Who cast or was counted counts as present. Of those counted without names only the channel is known,
 * not whether their hand was among those raised.
 */
export function rollOf(state: MeetingState, vote: Vote): RollEntry[] {
  const ballots = new Map(vote.ballots.map((ballot) => [ballot.personId, ballot]))
  const counted = new Map(confirmedCounts(state, vote.voteId).flatMap(({ channel, persons, personIds }) => {
    const named = new Map(persons?.map(({ personId, choice }) => [personId, choice]))
    return personIds.map((personId) => [personId, { channel, choice: named.get(personId) ?? null }] as const)
  }))
  return vote.entitled.map((personId): RollEntry => {
    const ballot = ballots.get(personId)
    const hand = counted.get(personId)
    if (ballot) {
      return {
        personId, present: true, channel: 'tablet',
        choice: 'choice' in ballot ? ballot.choice : null, chosen: 'chosen' in ballot ? ballot.chosen : null,
      }
    }
    return { personId, present: hand !== undefined || wasPresent(state, vote, personId), channel: hand?.channel ?? null, choice: hand?.choice ?? null, chosen: null }
  })
}

/** A secret vote is counted a moment after it closed, or much later, when the hub went down in between. */
function wasPresent(state: MeetingState, { closedAt }: Vote, personId: string): boolean {
  if (closedAt === null) return isPresent(state, personId)
  const then = entry(state.attendance, personId)?.intervals.findLast(({ from }) => from <= closedAt)
  return then !== undefined && then.presence !== 'absent'
}

/** Quorum at closing: of those entitled, as many as at opening must be present still. */
export function closingQuorum(vote: Vote, roll: readonly RollEntry[]): QuorumFigures {
  const present = roll.filter((one) => one.present).length
  const needed = vote.quorumAtOpening?.needed ?? 0
  return { present, members: roll.length, needed, met: present >= needed }
}

/**
 * The count of a closed vote by its frozen rule.
 * @param opened what the sealed ballots of a secret vote held; null for a named one
 */
export function countedFact(state: MeetingState, vote: Vote, roll: RollEntry[], quorum: QuorumFigures, opened: OpenedBallots | null): NewFact {
  return { type: 'vote.counted', data: { voteId: vote.voteId, result: resultOf(state, vote, roll, quorum, opened), roll } }
}

function resultOf(state: MeetingState, vote: Vote, roll: RollEntry[], quorum: QuorumFigures, opened: OpenedBallots | null): Result {
  const electorate = { totalMembers: roll.length, present: quorum.present }
  if (vote.matter.kind === 'election') {
    const counts = opened && 'election' in opened
      ? opened.election
      : countChosen(vote.matter, vote.ballots.flatMap((ballot) => ('chosen' in ballot ? [ballot.chosen] : [])))
    const result = tallyElection(vote.rule, vote.matter, counts, vote.ballots.length, electorate, quorum)
    return { ...result, revealing: vote.method === 'secret' ? revealingAfter(result) : null }
  }
  const hands = confirmedCounts(state, vote.voteId)
  const sources: VoteResult['sources'] = {
    tablet: opened && 'question' in opened ? opened.question : countChoices(vote.ballots),
    hands: sum(hands.filter(({ channel }) => channel === 'hands').map(({ counts }) => counts)),
    telephone: sum(hands.filter(({ channel }) => channel === 'telephone').map(({ counts }) => counts)),
  }
  const chair = Object.values(state.participants).find((one) => one.role === 'chair')
  const chairChoice = roll.find((one) => one.personId === chair?.personId)?.choice ?? null
  const result = tally(vote.rule, sum(Object.values(sources)), electorate, quorum, chairChoice)
  const secret = vote.method === 'secret'
  return { ...result, sources, bySite: siteResults(state, vote, hands, opened), revealing: secret ? revealingAfter(result) : null }
}

function siteResults(state: MeetingState, vote: Vote, hands: readonly ConfirmedCount[], opened: OpenedBallots | null): SiteResult[] {
  const ballots = new Map(vote.ballots.map((ballot) => [ballot.personId, ballot]))
  const told = new Map((opened && 'question' in opened ? sitesTold(opened.bySite) : []).map(({ siteId, ...counts }) => [siteId, counts]))
  const countedAt = new Map(hands.flatMap(({ siteId, personIds }) => personIds.map((personId) => [personId, siteId])))
  return [...bySite(state, vote.entitled, countedAt)].map(([siteId, personIds]): SiteResult => {
    const own = personIds.flatMap((personId) => ballots.get(personId) ?? [])
    const counted = hands.filter((hand) => hand.siteId === siteId)
    const byHand = sum(counted.map(({ counts }) => counts))
    const cast = own.length + byHand.approve + byHand.reject + byHand.abstain
    if (vote.method === 'named') return { siteId, entitled: personIds.length, cast, counts: sum([countChoices(own), byHand]) }
    return { siteId, entitled: personIds.length, cast, counts: told.get(siteId) ?? null }
  })
}

/** Whether what was opened is the whole of what was sealed. */
export function accountsForAll(vote: Vote, opened: OpenedBallots): boolean {
  const ballots = vote.ballots.length
  if ('question' in opened) {
    const { approve, reject, abstain, invalid } = opened.question
    return vote.matter.kind === 'question' && approve + reject + abstain + invalid === ballots
  }
  if (vote.matter.kind !== 'election') return false
  const { votes, abstain, invalid } = opened.election
  const named = ballots - abstain - invalid
  const given = Object.values(votes)
  return named >= 0 && given.every((count) => count <= named) && given.reduce((a, b) => a + b, 0) >= named * vote.matter.least
}
