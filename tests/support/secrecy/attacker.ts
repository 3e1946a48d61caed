import { openBallot } from '../../../server/ballots/open-ballot.ts'
import type { StoredFact } from '../../../server/store/port.ts'
import { random } from '../papers/random.ts'
import type { Dump } from './dump.ts'
import { features, Learned } from './learned.ts'
import { findKeys } from './found-keys.ts'
import { sequencesIn, type Sequence } from './sequences.ts'
import type { TrueBallot } from './simulation.ts'

/** A ballot as it lies in the log. */
export interface SeenBallot { personId: string; sealed: string; at: number; seq: number; commandId: string }

export interface SeenVote {
  voteId: string
  publicKey: string
  openedAt: number
  closedSeq: number
  ballots: SeenBallot[]
  /** Of the whole, by choice: everybody knows them. */
  counts: Record<string, number>
  /** Sums of which the published result consists: everybody knows those too. */
  publishedBy: (personId: string) => string
}

export interface Guess { voteId: string; personId: string; published: string; choice: string; by: 'key' | 'sequence' | 'time' | 'learning' }

/**
 * Everything we can think of that an owner of store, log, output and backups might do to learn who chose what. `told`: the truth of
 * some votes, as from people who talk; what it learns from them it tries on all others.
 */
export async function attack(dump: Dump, told: readonly TrueBallot[], seed: number): Promise<Guess[]> {
  const chance = random(seed)
  const votes = seenVotes(dump.facts)
  const keys = await findKeys(dump, votes.map(({ publicKey }) => publicKey))
  const truth = new Map(told.map(({ voteId, personId, choice }) => [`${voteId} ${personId}`, choice]))
  const learned = new Learned(votes.flatMap((vote) => vote.ballots.flatMap((ballot) => {
    const choice = truth.get(`${vote.voteId} ${ballot.personId}`)
    return choice === undefined ? [] : [{ choice, features: features(vote, ballot) }]
  })))
  const meetingId = meetingOf(dump)
  const guesses: Guess[] = []
  for (const vote of votes) {
    if (vote.ballots.some(({ personId }) => truth.has(`${vote.voteId} ${personId}`))) continue
    const add = (by: Guess['by'], choiceOf: (ballot: SeenBallot) => string) => {
      for (const ballot of vote.ballots) guesses.push({ voteId: vote.voteId, personId: ballot.personId, published: vote.publishedBy(ballot.personId), choice: choiceOf(ballot), by })
    }
    const privateKey = keys.get(vote.publicKey)
    if (privateKey) {
      const opened = new Map<SeenBallot, string>()
      for (const ballot of vote.ballots) opened.set(ballot, (await openBallot({ privateKey, publicKey: vote.publicKey }, { meetingId, voteId: vote.voteId, personId: ballot.personId }, { kind: 'question' }, ballot.sealed))?.[0] ?? 'invalid')
      add('key', (ballot) => opened.get(ballot) as string)
      continue
    }
    const sequences = sequencesIn(dump, vote)
    const timed = sequences.find(({ times }) => times !== null)
    if (timed) add('time', (ballot) => nearest(timed, ballot.at))
    else if (sequences[0]) add('sequence', (ballot) => sequences[0]?.choices[vote.ballots.indexOf(ballot)] ?? '')
    else add('learning', (ballot) => learned.guess(features(vote, ballot), chance))
  }
  return guesses
}

function nearest({ choices, times }: Sequence, at: number): string {
  const distances = (times ?? []).map((time) => Math.abs(time - at))
  return choices[distances.indexOf(Math.min(...distances))] ?? ''
}

/** The dump is of one meeting. */
function meetingOf({ lines }: Dump): string {
  return lines.map(({ meetingId }) => meetingId).find((id) => typeof id === 'string') as string
}

interface Counted { voteId: string; result: { counts: Record<string, number>; bySite: { siteId: string | null; counts: unknown }[] } }

function seenVotes(facts: readonly StoredFact[]): SeenVote[] {
  const siteOf = new Map<unknown, unknown>()
  for (const { type, data } of facts) if (type === 'attendance.declared') siteOf.set(data.personId, data.siteId)
  const votes: SeenVote[] = []
  for (const fact of facts.filter(({ type }) => type === 'vote.counted')) {
    const { voteId, result } = fact.data as unknown as Counted
    const of = (type: string) => facts.filter((one) => one.type === type && one.data.voteId === voteId)
    const [opened] = of('vote.opened')
    const told = new Set(result.bySite.filter(({ counts }) => counts !== null).map(({ siteId }) => siteId))
    const { silent: _silent, ...counts } = result.counts
    votes.push({
      voteId, counts,
      publicKey: String(opened?.data.publicKey), openedAt: opened?.at ?? 0, closedSeq: of('vote.closed')[0]?.seq ?? 0,
      ballots: of('vote.sealed').map(({ data, at, seq, commandId }) => ({ personId: String(data.personId), sealed: String(data.sealed), at, seq, commandId: commandId ?? '' })),
      publishedBy: (personId) => {
        const siteId = (siteOf.get(personId) ?? null) as string | null
        return told.has(siteId) ? `site ${siteId}` : 'the rest'
      },
    })
  }
  return votes
}
