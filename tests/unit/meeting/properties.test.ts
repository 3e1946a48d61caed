import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { evolve } from '../../../shared/meeting/evolve.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import { emptyMeeting, type MeetingState } from '../../../shared/meeting/state.ts'
import { isBallot } from '../../../shared/meeting/votes/facts.ts'
import { isRunning } from '../../../shared/meeting/votes/rules.ts'
import type { Vote } from '../../../shared/meeting/votes/state.ts'
import { move, Play, type Move } from '../../support/meeting/history.ts'
import { countedByHand } from '../../support/meeting/hand-moves.ts'
import { pointsAtNothing } from '../../support/meeting/pointers.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const runs = 60
let commands = 0

/** Plays generated moves and hands every command with what it did to `look`. */
function always(name: string, look: (told: { before: MeetingState; after: MeetingState; steps: Step[]; play: Play; done: boolean }) => void, end?: (play: Play, all: Step[]) => void) {
  test(`${name} (seed ${seed})`, { timeout: 120_000 }, () => {
    let played = 0
    fc.assert(
      fc.property(fc.nat(3), fc.array(move, { minLength: 170, maxLength: 260 }), (start, moves: Move[]) => {
        const play = new Play()
        const all = [...play.begun, ...(start > 0 ? play.open() : []), ...(start > 2 ? play.openSitting() : [])]
        for (const one of moves) {
          const before = play.state
          const { decision, steps } = play.play(one)
          all.push(...steps)
          played += 1
          look({ before, after: play.state, steps, play, done: !isRefusal(decision) })
        }
        end?.(play, all)
      }),
      { seed, numRuns: runs, endOnFailure: true },
    )
    expect(played).toBeGreaterThanOrEqual(10_000)
    commands += played
  })
}

always('the facts of a meeting hold together: numbers without gaps, nothing named that is not there, the fold from the first is the state', ({ before, after, steps, done }) => {
  if (!done) return expect(after, 'a refusal changes nothing').toBe(before)
  expect(steps.length, 'what is done leaves a fact').toBeGreaterThan(0)
  for (const [index, step] of steps.entries()) {
    expect(step.fact.seq).toBe(before.seq + 1 + index)
    expect(pointsAtNothing(step.before, step.fact)).toBeNull()
  }
}, (play, all) => {
  expect(all.map(({ fact }) => fact.seq)).toEqual(all.map((_, index) => index + 1))
  expect(all.reduce((state, { fact }) => evolve(state, fact), emptyMeeting('generated'))).toEqual(play.state)
})

always('a vote is cast once by each who is entitled, counted whole, and then never changes', ({ before, after, steps }) => {
  for (const { fact, before: at } of steps) {
    const vote = 'voteId' in fact.data ? at.votes[fact.data.voteId] : undefined
    if (!vote) continue
    if (isBallot(fact)) {
      expect(vote.status).toBe('open')
      expect(vote.entitled).toContain(fact.data.personId)
      expect('sealed' in fact.data, 'only a secret ballot is sealed').toBe(vote.method === 'secret')
      expect(Object.values(at.hands).filter((count) => count.voteId === vote.voteId && count.status !== 'withdrawn' && count.entry?.personIds.includes(fact.data.personId)), 'no ballot of who was counted by hand').toEqual([])
      if (!vote.rule.changeable || vote.method === 'secret') expect(vote.ballots.map(({ personId }) => personId), 'no second ballot').not.toContain(fact.data.personId)
    }
    if (fact.type === 'vote.counted') {
      const { result, roll } = fact.data
      const hands = countedByHand(at, vote.voteId).flatMap(({ entry }) => entry ?? [])
      const raised = hands.reduce((sum, { counts: { approve, reject, abstain } }) => sum + approve + reject + abstain, 0)
      expect([result.cast, result.totalMembers]).toEqual([vote.ballots.length + raised, vote.entitled.length])
      const voters = [...vote.ballots.map(({ personId }) => personId), ...hands.flatMap(({ personIds }) => personIds)]
      expect(new Set(voters).size, 'nobody by two channels').toBe(voters.length)
      for (const { counts, personIds } of hands) expect(counts.approve + counts.reject + counts.abstain, 'no more hands than people').toBeLessThanOrEqual(personIds.length)
      expect(vote.entitled, 'only who is entitled').toEqual(expect.arrayContaining(voters))
      expect([result.present >= result.cast, Object.values(at.hands).some((count) => count.voteId === vote.voteId && (count.status === 'begun' || count.status === 'entered'))]).toEqual([true, false])
      if (vote.method === 'secret') expect(hands).toEqual([])
      expect(new Set(vote.ballots.map(({ personId }) => personId)).size, 'one ballot of each').toBe(vote.ballots.length)
      if (result.kind === 'question') expect(Object.values(result.counts).reduce((a, b) => a + b, 0)).toBe(vote.entitled.length)
      else for (const votes of Object.values(result.votes)) expect(votes).toBeLessThanOrEqual(result.valid)
      expect(roll.map(({ personId }) => personId)).toEqual(vote.entitled)
      if (vote.method === 'secret') expect(roll.filter(({ choice, chosen }) => choice !== null || chosen !== null)).toEqual([])
      expect(vote.rule).toEqual(before.votes[vote.voteId]?.rule)
    }
    if (fact.type === 'vote.published') {
      expect(Object.values(after.votes).filter((other) => vote.sittingId !== null && other.sittingId === vote.sittingId && isRunning(other)), 'no result while its sitting runs').toEqual([])
    }
  }
  for (const [voteId, vote] of Object.entries(before.votes)) {
    const now = after.votes[voteId]
    if (vote.status === 'published' || vote.status === 'cancelled') expect(now, 'a closed vote is a record').toBe(vote)
    if (vote.status === 'draft') continue
    expect(frozen(now), 'frozen at opening').toEqual(frozen(vote))
    expect(now?.ballots.slice(0, vote.ballots.length).map(({ personId }) => personId), 'nobody’s ballot is lost').toEqual(vote.ballots.map(({ personId }) => personId))
    if (vote.rule.changeable || vote.method === 'secret') continue
    expect(vote.ballots.filter((ballot, place) => now?.ballots[place] !== ballot), 'a ballot stays as it was cast').toEqual([])
  }
  const open = Object.values(after.votes).filter(({ status }) => status === 'open')
  expect(new Set(open.map(({ sittingId, voteId }) => sittingId ?? voteId)).size, 'one sitting at a time').toBeLessThanOrEqual(1)
  expect(new Set(open.map(({ itemId }) => itemId)).size, 'a sitting is of one item').toBeLessThanOrEqual(1)
})

function frozen(vote: Vote | undefined): Partial<Vote> {
  const { rule, entitled, title, itemId, method, matter, sittingId, quorumAtOpening, publicKey } = vote ?? ({} as Vote)
  return { rule, entitled, title, itemId, method, matter, sittingId, quorumAtOpening, publicKey }
}

always('one thing is on at a time: the items that are on are one line from the top, and only in session', ({ after }) => {
  const current = Object.values(after.items).filter(({ status }) => status === 'current')
  for (const item of current) if (item.parentId !== null) expect(after.items[item.parentId]?.status, `above ${item.itemId}`).toBe('current')
  const deepest = current.filter((item) => !current.some(({ parentId }) => parentId === item.itemId))
  expect(deepest.length).toBe(current.length > 0 ? 1 : 0)
  const { status } = after.lifecycle
  if (current.length > 0 || after.presentation) expect(['inSession', 'recess']).toContain(status)
  if (Object.values(after.votes).some((vote) => vote.status === 'open')) expect(status).toBe('inSession')
  if (after.presentation) expect(after.papers[after.presentation.paperId]?.itemId, 'what is presented is there').toBe(after.presentation.itemId)
})

always('an ended or cancelled meeting never changes', ({ before, after }) => {
  if (before.lifecycle.status === 'ended' || before.lifecycle.status === 'cancelled') expect(after).toBe(before)
}, (play) => {
  if (play.state.lifecycle.status !== 'ended') return
  const { state } = play
  for (const personId of ['chair', 'secretary', 'an']) {
    expect(isRefusal(play.send(personId, { type: 'attendance:declare', data: { presence: 'absent' } }).decision)).toBe(true)
    expect(play.state).toBe(state)
  }
})

test('the properties were shown on more than 40,000 commands', () => expect(commands).toBeGreaterThan(40_000))
