import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import type { RefusalCode } from '../../../shared/contracts/refusal.ts'
import type { LiveClient } from '../../support/live/client.ts'
import { dataOf, Hall, type HallMeeting } from '../../support/live/hall.ts'

const rounds = 15
const voters = ['chair', 'an', 'binh', 'chi']

let hall: Hall
let meeting: HallMeeting
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
})
afterAll(() => hall.close())

const screensOf = async (...personIds: string[]) => new Map(await Promise.all(personIds.map(async (personId) => [personId, await meeting.screen(personId)] as const)))

test(`${rounds} times, tablets and the count of the same room race: every vote is counted once, by one channel or the other`, async () => {
  let [byTablet, byHand] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const voteId = await meeting.openVote()
    // Fresh lines: a screen may not ask as much in a second as fifteen rounds do.
    const screens = await screensOf(...voters, 'secretary')
    const screen = (personId: string) => screens.get(personId) as LiveClient
    // The count begins somewhere among the ballots, each round at another place.
    const sent = voters.map((personId) => () => screen(personId).send('votes:cast', { voteId, choice: 'approve' }))
    const begin = () => screen('secretary').send('hands:begin', { voteId, siteId: null, channel: 'hands' })
    const asked = [...sent.slice(0, round % 5), begin, ...sent.slice(round % 5)].map((ask): Promise<CommandAnswer> => ask())
    const answers = await Promise.all(asked)
    const facts = await meeting.log()
    const begun = facts.find((fact) => fact.type === 'hands.begun' && fact.data.voteId === voteId)
    const cast = facts.filter((fact) => fact.type === 'vote.cast' && fact.data.voteId === voteId)
    expect(answers.filter((answer) => answer.ok).length).toBe(cast.length + (begun ? 1 : 0))
    for (const answer of answers) if (!answer.ok) expect(['hands.tabletsLocked', 'hands.nobodyLeft']).toContain(answer.code)
    if (begun?.type === 'hands.begun') {
      const { countId, personIds } = begun.data
      expect(personIds.length + cast.length, 'who has not cast is counted, and nobody else').toBe(voters.length)
      expect(await screen('secretary').send('hands:enter', { countId, counts: { approve: personIds.length + 1, reject: 0, abstain: 0 } })).toMatchObject({ ok: false, code: 'hands.moreThanPresent' })
      expect(await screen('chair').send('votes:close', { voteId })).toMatchObject({ ok: false, code: 'hands.unconfirmed' })
      expect(await screen('secretary').send('hands:enter', { countId, counts: { approve: personIds.length, reject: 0, abstain: 0 } })).toMatchObject({ ok: true })
      expect(await screen('secretary').send('hands:confirm', { countId })).toMatchObject({ ok: false, code: 'hands.secondPerson' })
      expect(await screen('chair').send('hands:confirm', { countId })).toMatchObject({ ok: true })
      byHand += personIds.length
    }
    const { result } = dataOf((await meeting.do('chair', 'votes:close', { voteId })), 'vote.counted')
    expect(result).toMatchObject({ cast: 4, present: 4, counts: { approve: 4, silent: 0 }, sources: { tablet: { approve: cast.length }, hands: { approve: voters.length - cast.length } } })
    byTablet += cast.length
  }
  expect(Math.min(byTablet, byHand), `${byTablet} by tablet, ${byHand} by hand`).toBeGreaterThan(0)
})

describe('counts by hand take no bad input', () => {
  async function expectRefused(answer: Promise<CommandAnswer>, code: RefusalCode): Promise<void> {
    const before = await meeting.head()
    expect(await answer).toMatchObject({ ok: false, code, sentence: expect.stringMatching(/\S.*\.$/) })
    expect(await meeting.head()).toEqual(before)
  }

  test.each<[string, string, unknown]>([
    ['hands:begin', 'no place', { voteId: 'v' }],
    ['hands:begin', 'a channel there is not', { voteId: 'v', siteId: null, channel: 'tablet' }],
    ['hands:enter', 'nothing entered', { countId: 'c' }],
    ['hands:enter', 'both ways at once', { countId: 'c', counts: { approve: 1, reject: 0, abstain: 0 }, persons: [] }],
    ['hands:enter', 'less than nobody', { countId: 'c', counts: { approve: -1, reject: 0, abstain: 0 } }],
    ['hands:enter', 'half a hand', { countId: 'c', counts: { approve: 0.5, reject: 0, abstain: 0 } }],
    ['hands:enter', 'another choice', { countId: 'c', persons: [{ personId: 'an', choice: 'invalid' }] }],
    ['hands:enter', 'a count of something else', { countId: 'c', counts: { approve: 1, reject: 0, abstain: 0, invalid: 3 } }],
    ['hands:confirm', 'somebody else’s name', { countId: 'c', personId: 'chair' }],
    ['hands:withdraw', 'no reason', { countId: 'c' }],
    ['hands:withdraw', 'an empty reason', { countId: 'c', reason: '' }],
  ])('%s with %s', async (event, _name, data) => {
    await expectRefused((await meeting.screen('secretary')).ask(event, { commandId: randomUUID(), data }), 'request.malformed')
  })

  test('ids that every object answers to are not there, and a delegate counts nobody', async () => {
    await expectRefused((await meeting.screen('secretary')).send('hands:begin', { voteId: 'constructor', siteId: null, channel: 'hands' }), 'votes.unknown')
    await expectRefused((await meeting.screen('chair')).send('hands:confirm', { countId: 'hasOwnProperty' }), 'hands.unknown')
    await expectRefused((await meeting.screen('secretary')).send('hands:enter', { countId: 'toString', persons: [] }), 'hands.unknown')
    await expectRefused((await meeting.screen('secretary')).send('hands:withdraw', { countId: 'valueOf', reason: 'Thử' }), 'hands.unknown')
    await expectRefused((await meeting.screen('an')).send('hands:begin', { voteId: 'v', siteId: null, channel: 'hands' }), 'permission.denied')
  })
})
