import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEquipped, mayHear, placeOf, sources, type Peer } from '../../../shared/media/peer.ts'
import { grantChanges, stagePlan } from '../../../shared/media/stage.ts'
import { orderAbout, stageOrderKinds, type OrderedPlace, type StageOrderKind, type StageOrders } from '../../../shared/meeting/stage/state.ts'
import { speaking } from '../../../shared/meeting/floor/turn.ts'
import { move, people, Play } from '../../support/meeting/history.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const sites = [null, 'site-1', 'site-2']

const peer: fc.Arbitrary<Peer> = fc.oneof(
  fc.record({ peerId: fc.constant(''), kind: fc.constant('room' as const), siteId: fc.constantFrom(...sites), connected: fc.boolean() }),
  fc.record({ peerId: fc.constant(''), kind: fc.constant('tablet' as const), personId: fc.constantFrom(...people), connected: fc.boolean() }),
)
const place: fc.Arbitrary<OrderedPlace> = fc.oneof(fc.record({ siteId: fc.constantFrom(...sites) }), fc.record({ personId: fc.constantFrom(...people) }))
/** Given before the meeting began; more come and go with its moves. */
const laidDown: fc.Arbitrary<StageOrders> = fc.record({
  muteOverrunAfterSeconds: fc.option(fc.integer({ min: 0, max: 120 })), connectNext: fc.nat(3),
  orders: fc.array(fc.record({ kind: fc.constantFrom(...stageOrderKinds), place, at: fc.constant(0), by: fc.constant('chair') }), { maxLength: 3 }),
})
const numbered = fc.array(peer, { maxLength: 12 }).map((list) => list.map((one, index): Peer => ({ ...one, peerId: `peer-${index}` })))

test(`in every meeting, whoever is there and whatever was ordered (seed ${seed})`, { timeout: 60_000 }, () => {
  let heard = 0
  fc.assert(
    fc.property(fc.array(move, { minLength: 30, maxLength: 90 }), numbered, numbered, laidDown, (moves, first, second, stage) => {
      const play = new Play()
      play.open()
      play.state = { ...play.state, stage }
      let before = stagePlan(play.state, first, play.clock())
      for (const [step, one] of moves.entries()) {
        play.play(one)
        const peers = step % 2 ? first : second
        const { state } = play
        const plan = stagePlan(state, peers, play.clock())
        const about = (kind: StageOrderKind, who: Peer) => orderAbout(state.stage, kind, who.kind === 'room' ? { siteId: who.siteId } : { personId: who.personId })
        const speech = speaking(state)
        for (const who of peers) {
          const grants = plan.grants[who.peerId]
          if (!grants) throw new Error('a peer without grants')
          const beside = who.kind === 'tablet' && isEquipped(state, peers, placeOf(state, who))
          if (beside) expect([grants.microphone, plan.loudspeakers.includes(who.peerId)], 'a tablet beside an endpoint').toEqual(['no', false])
          if (!who.connected || about('remove', who) || !mayHear(state, who)) expect(sources.some((source) => grants[source] !== 'no') || plan.receives.includes(who.peerId)).toBe(false)
          const mute = about('mute', who)
          if (mute && !(speech && (speech.beganAt ?? 0) > mute.at)) expect([grants.microphone, grants.screenSound]).toEqual(['no', 'no'])
          if (state.lifecycle.status !== 'inSession') expect(grants.microphone).toBe('no')
          if (grants.microphone === 'yes') {
            heard += 1
            const chairs = Object.values(state.participants).filter(({ role }) => role === 'chair').map(({ personId }) => placeOf(state, { peerId: '', kind: 'tablet', personId, connected: true }))
            const onStage = plan.onStage.some(({ peerId, because }) => peerId === who.peerId && because !== 'interrupted')
            expect(onStage || chairs.includes(placeOf(state, who)), 'heard are the stage and the chair').toBe(true)
          }
          if (grants.microphone === 'muted') expect(plan.standby.includes(who.peerId) || plan.onStage.some(({ peerId }) => peerId === who.peerId)).toBe(true)
        }
        expect(plan.standby.length).toBeLessThanOrEqual(state.stage.connectNext)
        expect(plan.loudspeakers.every((peerId) => plan.receives.includes(peerId))).toBe(true)
        // What changed, laid over what was, is what is.
        const told = structuredClone(before.grants)
        for (const { peerId, source, to } of grantChanges(before, plan)) told[peerId] = { ...(told[peerId] ?? { microphone: 'no', camera: 'no', screen: 'no', screenSound: 'no', second: 'no' }), [source]: to }
        for (const [peerId, grants] of Object.entries(plan.grants)) expect(told[peerId] ?? { microphone: 'no', camera: 'no', screen: 'no', screenSound: 'no', second: 'no' }).toEqual(grants)
        before = plan
      }
    }),
    { seed, numRuns: 60 },
  )
  expect(heard, 'somebody was heard now and then').toBeGreaterThan(100)
})
