import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal, type CommandType } from '../../../shared/meeting/command.ts'
import { totalOf } from '../../../shared/meeting/hands/rules.ts'
import type { VoteResult } from '../../../shared/meeting/votes/result.ts'
import { countedByHand } from '../../support/meeting/hand-moves.ts'
import { Play, type Move } from '../../support/meeting/history.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const voters = ['chair', 'an', 'binh', 'chi']

const kinds: CommandType[] = ['hands:begin', 'hands:begin', 'hands:enter', 'hands:enter', 'hands:enter', 'hands:confirm', 'hands:confirm', 'hands:withdraw', 'votes:cast', 'votes:cast', 'attendance:declare', 'attendance:declareMany', 'attendance:checkIn', 'participants:remove', 'votes:close']
const step: fc.Arbitrary<Move> = fc.record({ type: fc.constantFrom(...kinds), actor: fc.nat(19), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999), flag: fc.boolean() })

/** A vote of four, in whom everything happens at once: tablets, counts of three places, people who come, go and move. */
function vote(changeable: boolean): { play: Play; voteId: string } {
  const play = new Play()
  play.open()
  const itemId = Object.keys(play.state.items)[0] ?? ''
  const rule = { base: 'present', threshold: 'moreThanHalf', tie: 'rejected', quorum: 'none', changeable } as const
  play.send('secretary', { type: 'votes:draft', data: { itemId, title: 'Thông qua', method: 'named', matter: { kind: 'question' }, preset: 'custom', rule } })
  const voteId = Object.keys(play.state.votes)[0] ?? ''
  play.send('chair', { type: 'votes:open', data: { voteId } })
  return { play, voteId }
}

test(`whichever channels race, nobody counts twice, nobody is lost and no number exceeds those who were there (seed ${seed})`, { timeout: 120_000 }, () => {
  let [commands, byHand, both, refused] = [0, 0, 0, 0]
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: 30, maxLength: 60 }), (changeable, moves) => {
      const { play, voteId } = vote(changeable)
      for (const one of moves) {
        const before = play.state
        const { decision, steps } = play.play(one)
        commands += 1
        for (const { fact, before: at } of steps) {
          if (fact.type === 'hands.confirmed') expect(at.hands[fact.data.countId]?.entry?.by, 'a second person').not.toBe(fact.by)
          if (fact.type === 'vote.cast' && one.type === 'votes:cast') expect(countedIn(at, voteId, fact.data.personId), 'no tablet of who was counted').toBe(false)
        }
        if (isRefusal(decision) && decision.code === 'hands.tabletsLocked') refused += 1
        const [was, is] = [before.votes[voteId], play.state.votes[voteId]]
        if (was?.status === 'published') expect(is, 'a closed vote is a record').toBe(was)
      }
      close(play, voteId)
      const { result, roll, ballots } = play.state.votes[voteId]!
      const hands = countedByHand(play.state, voteId).flatMap(({ entry }) => entry ?? [])
      const counted = [...ballots.map(({ personId }) => personId), ...hands.flatMap(({ personIds }) => personIds)]
      expect(new Set(counted).size, 'each by one channel').toBe(counted.length)
      expect(voters, 'only who is entitled').toEqual(expect.arrayContaining(counted))
      for (const one of hands) expect(totalOf(one.counts)).toBeLessThanOrEqual(one.personIds.length)
      const { sources, counts, cast, present, bySite } = result as VoteResult
      for (const choice of ['approve', 'reject', 'abstain'] as const) {
        expect(sources.tablet[choice] + sources.hands[choice] + sources.telephone[choice]).toBe(counts[choice])
        expect(sources.hands[choice] + sources.telephone[choice]).toBe(hands.reduce((sum, one) => sum + one.counts[choice], 0))
      }
      expect(cast).toBe(ballots.length + hands.reduce((sum, one) => sum + totalOf(one.counts), 0))
      expect([cast <= present, present <= 4]).toEqual([true, true])
      for (const site of bySite) expect(site.cast).toBeLessThanOrEqual(site.entitled)
      for (const one of roll ?? []) if (one.channel === null) expect(counted).not.toContain(one.personId)
      if (hands.length > 0) byHand += 1
      if (hands.length > 0 && ballots.length > 0) both += 1
    }),
    { seed, numRuns: 500, endOnFailure: true },
  )
  expect(commands).toBeGreaterThan(10_000)
  expect(Math.min(byHand, both, refused), `votes by hand ${byHand}, by hand and tablet ${both}, locked tablets ${refused}`).toBeGreaterThan(10)
})

function countedIn({ hands }: Play['state'], voteId: string, personId: string): boolean {
  return Object.values(hands).some((count) => count.voteId === voteId && count.status !== 'withdrawn' && count.entry?.personIds.includes(personId))
}

/** As the chair must: whatever is not confirmed is withdrawn first. */
function close(play: Play, voteId: string): void {
  if (play.state.votes[voteId]?.status !== 'open') return
  const leader = Object.values(play.state.participants).find(({ role }) => role === 'chair' || role === 'secretary')?.personId ?? ''
  for (const { countId, status } of Object.values(play.state.hands)) {
    if (status === 'begun' || status === 'entered') play.send(leader, { type: 'hands:withdraw', data: { countId, reason: 'Không xác nhận' } })
  }
  expect(isRefusal(play.send(leader, { type: 'votes:close', data: { voteId } }).decision)).toBe(false)
}
