import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandType } from '../../../shared/meeting/command.ts'
import { sealedLength } from '../../../shared/meeting/votes/sealed-ballot.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { seal } from '../../support/meeting/sealing.ts'

let hall: Hall
let meeting: HallMeeting
let named: string
let draft: string
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
  named = await meeting.openVote()
  draft = await meeting.draftVote()
})
afterAll(() => hall.close())

/** Sends as the chair, who may do everything, and says how the log stood before and stands after. */
async function attempt(type: CommandType, data: unknown, personId = 'chair') {
  const screen = await meeting.screen(personId)
  const before = await meeting.head()
  const answer = await screen.ask(type, { commandId: randomUUID(), data })
  screen.close()
  return { code: answer.ok ? 'done' : answer.code, unchanged: JSON.stringify(before) === JSON.stringify(await meeting.head()) }
}

const refused = (code: string) => ({ code, unchanged: true })
const question = { kind: 'question' }
const candidate = { candidateId: 'lan', label: 'Trần Thị Lan' }
const list = { kind: 'election', candidates: [candidate], least: 1, most: 1, seats: 1 }
const rule = { base: 'cast', threshold: 'twoThirds', tie: 'rejected', quorum: 'none', changeable: false }
const text = () => ({ itemId: meeting.item, title: 'Thông qua', method: 'named', matter: question, preset: 'presentMajority' })

describe('a draft that is not well formed', () => {
  test.each<[string, () => object]>([
    ['no method', () => ({ ...text(), method: undefined })],
    ['a method that is none', () => ({ ...text(), method: 'anonymous' })],
    ['no matter', () => ({ ...text(), matter: undefined })],
    ['a matter that is none', () => ({ ...text(), matter: { kind: 'poll' } })],
    ['a question with candidates', () => ({ ...text(), matter: { ...question, candidates: [candidate] } })],
    ['an election without candidates', () => ({ ...text(), matter: { ...list, candidates: [] } })],
    ['more candidates than a ballot holds', () => ({ ...text(), matter: { ...list, candidates: Array.from({ length: 101 }, (_, index) => ({ candidateId: `c${index}`, label: 'Tên' })) } })],
    ['a candidate without a name', () => ({ ...text(), matter: { ...list, candidates: [{ candidateId: 'lan', label: ' ' }] } })],
    ['a candidate who is __proto__', () => ({ ...text(), matter: { ...list, candidates: [{ candidateId: '__proto__', label: 'Tên' }] } })],
    ['half a seat', () => ({ ...text(), matter: { ...list, seats: 0.5 } })],
    ['no seat', () => ({ ...text(), matter: { ...list, seats: 0 } })],
    ['a preset that is none', () => ({ ...text(), preset: 'toString' })],
    ['a share of its own making', () => ({ ...text(), preset: 'custom', rule: { ...rule, threshold: { kind: 'atLeast', numerator: 0, denominator: 0 } } })],
    ['half a rule', () => ({ ...text(), preset: 'custom', rule: { base: 'cast' } })],
    ['a rule with more than a rule', () => ({ ...text(), preset: 'custom', rule: { ...rule, weight: 2 } })],
    ['a deadline of no time', () => ({ ...text(), closesAfterSeconds: 0 })],
    ['a deadline in letters', () => ({ ...text(), closesAfterSeconds: '60' })],
    ['a deadline after the year', () => ({ ...text(), closesAfterSeconds: 86_401 })],
    ['a strange sitting', () => ({ ...text(), sittingId: '../1' })],
  ])('%s', async (_name, data) => {
    expect(await attempt('votes:draft', data())).toEqual(refused('request.malformed'))
    const { itemId: _itemId, ...rest } = data() as ReturnType<typeof text>
    expect(await attempt('votes:change', { ...rest, voteId: draft })).toEqual(refused('request.malformed'))
  })
})

describe('a ballot that is not well formed', () => {
  test.each<[string, () => object]>([
    ['nothing chosen', () => ({ voteId: named })],
    ['two kinds at once', () => ({ voteId: named, choice: 'approve', sealed: seal(['approve']) })],
    ['a choice and a list', () => ({ voteId: named, choice: 'approve', chosen: [] })],
    ['somebody twice', () => ({ voteId: named, chosen: ['lan', 'lan'] })],
    ['a list that is none', () => ({ voteId: named, chosen: 'lan' })],
    ['sealed with strange letters', () => ({ voteId: named, sealed: 'không+phải/base64=' })],
    ['sealed with nothing in it', () => ({ voteId: named, sealed: '' })],
    ['sealed and endless', () => ({ voteId: named, sealed: 'A'.repeat(10_000) })],
  ])('%s', async (_name, data) => {
    expect(await attempt('votes:cast', data(), 'an')).toEqual(refused('request.malformed'))
  })

  test('one of another kind of vote is refused by the rule', async () => {
    expect(await attempt('votes:cast', { voteId: named, chosen: [] }, 'an')).toEqual(refused('votes.wrongBallot'))
    expect(await attempt('votes:cast', { voteId: named, sealed: 'A'.repeat(sealedLength({ kind: 'question' })) }, 'an')).toEqual(refused('votes.wrongBallot'))
  })
})

describe('conducting', () => {
  test.each<[CommandType, () => object]>([
    ['votes:extend', () => ({ voteId: named })],
    ['votes:extend', () => ({ voteId: named, seconds: -60 })],
    ['votes:extend', () => ({ voteId: named, seconds: 1e9 })],
    ['votes:close', () => ({ voteId: named, held: 'yes' })],
    ['votes:closeAll', () => ({ voteId: null })],
    ['votes:closeAll', () => ({ voteId: named, force: true })],
    ['votes:publish', () => ({})],
    ['votes:cancel', () => ({ voteId: named, reason: '   ' })],
  ])('%s with bad data changes nothing', async (type, data) => {
    expect(await attempt(type, data())).toEqual(refused('request.malformed'))
  })

  test('what the hub alone may send is taken from no screen, however it is written', async () => {
    for (const personId of ['chair', 'secretary', 'an']) {
      for (const type of ['votes:count', 'votes:void'] as const) {
        for (const data of [{ voteId: named }, { voteId: named, opened: {} }, null]) expect(await attempt(type, data, personId)).toEqual(refused('permission.denied'))
      }
    }
    for (const type of ['votes:extend', 'votes:close', 'votes:closeAll', 'votes:publish'] as const) {
      expect(await attempt(type, { voteId: named, ...(type === 'votes:extend' ? { seconds: 60 } : {}) }, 'an')).toEqual(refused('permission.denied'))
    }
  })
})
