import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RefusalCode } from '../../../shared/contracts/refusal.ts'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
let meeting: HallMeeting
let paperId: string
let secretId: string
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
  paperId = await meeting.attach(meeting.item)
  secretId = await meeting.attach(meeting.secret)
})
afterAll(() => hall.close())

let count = 0
const fresh = () => `bad-papers-${(count += 1)}`

/** Refused with `code` and a sentence, and the log ends where it did. */
async function expectRefused(answer: Promise<CommandAnswer>, code: RefusalCode): Promise<void> {
  const before = await meeting.head()
  expect(await answer).toMatchObject({ ok: false, code, sentence: expect.stringMatching(/\S.*\.$/u) })
  expect(await meeting.head()).toEqual(before)
}

describe('a command about papers that is not well formed', () => {
  const bad: [string, string, () => unknown][] = [
    ['a rule that there is none of', 'papers:setRules', () => ({ print: true })],
    ['no rule at all', 'papers:setRules', () => ({})],
    ['a rule that is a word', 'papers:setRules', () => ({ watermark: 'yes' })],
    ['a rule that is null', 'papers:setRules', () => ({ downloads: null })],
    ['an approval that there is none of', 'papers:setRules', () => ({ approval: 'some' })],
    ['access for a person and not a list', 'papers:setAccess', () => ({ paperId, access: 'an' })],
    ['access without saying for whom', 'papers:setAccess', () => ({ paperId })],
    ['the same person twice', 'papers:setAccess', () => ({ paperId, access: ['an', 'an'] })],
    ['a return without a reason', 'papers:return', () => ({ paperId })],
    ['a return with a blank reason', 'papers:return', () => ({ paperId, reason: '   ' })],
    ['a return with a novel for a reason', 'papers:return', () => ({ paperId, reason: 'x'.repeat(501) })],
    ['a version that is a word', 'papers:open', () => ({ paperId, version: '1' })],
    ['version nought', 'papers:open', () => ({ paperId, version: 0 })],
    ['half a version', 'papers:open', () => ({ paperId, version: 1.5 })],
    ['somebody else’s receipt', 'papers:open', () => ({ paperId, version: 1, personId: 'an' })],
    ['an approval with a reason', 'papers:approve', () => ({ paperId, reason: 'tốt' })],
    ['a paper that is a list', 'papers:submit', () => ({ paperId: [paperId] })],
    ['a paper called __proto__', 'papers:withdraw', () => ({ paperId: '__proto__' })],
    ['no paper', 'papers:withdraw', () => ({})],
  ]
  test.each(bad)('%s (%s)', async (_name, event, data) => {
    const secretary = await meeting.screen('secretary')
    await expectRefused(secretary.ask(event, { commandId: fresh(), data: data() }), 'request.malformed')
  })
})

describe('a command about papers that is not for this person', () => {
  test('rules, access, approval and return are for those who lead; comparing versions and files for the hub alone', async () => {
    const [an, secretary] = [await meeting.screen('an'), await meeting.screen('secretary')]
    await expectRefused(an.send('papers:setRules', { downloads: true }), 'permission.denied')
    await expectRefused(an.send('papers:setRules', { watermark: false }), 'permission.denied')
    await expectRefused(an.send('papers:setAccess', { paperId, access: ['an'] }), 'permission.denied')
    await expectRefused(an.send('papers:approve', { paperId }), 'permission.denied')
    await expectRefused(an.send('papers:return', { paperId, reason: 'Thiếu phụ lục' }), 'permission.denied')
    await expectRefused(secretary.send('papers:tellChanges', { paperId, version: 1, changedPages: [] }), 'permission.denied')
    await expectRefused(secretary.send('papers:replace', { paperId, name: 'khac.pdf', sha256: 'b'.repeat(64), size: 1, pages: 1, changedPages: null }), 'permission.denied')
  })

  test('a delegate hands in nothing on an item that is not his, and may not so much as ask about a paper he may not see', async () => {
    const binh = await meeting.screen('binh')
    await expectRefused(binh.send('papers:submit', { paperId }), 'permission.denied')
    await expectRefused(binh.send('papers:withdraw', { paperId }), 'permission.denied')
    for (const unseen of [secretId, 'no-such-paper', 'constructor', 'toString']) {
      await expectRefused(binh.send('papers:submit', { paperId: unseen }), 'permission.denied')
      await expectRefused(binh.send('papers:open', { paperId: unseen, version: 1 }), 'papers.unknown')
    }
  })
})

describe('a command about papers that a rule stands against', () => {
  test('nothing is recorded of who opens what where the meeting does not say so, nor twice, nor of a version that is not there', async () => {
    const an = await meeting.screen('an')
    await expectRefused(an.send('papers:open', { paperId, version: 1 }), 'papers.receiptsOff')
    await meeting.do('secretary', 'papers:setRules', { receipts: true })
    await expectRefused(an.send('papers:open', { paperId, version: 2 }), 'papers.unknown')
    expect(await an.send('papers:open', { paperId, version: 1 })).toMatchObject({ ok: true })
    await expectRefused(an.send('papers:open', { paperId, version: 1 }), 'papers.alreadyOpened')
  })

  test('what nobody handed in is neither approved nor returned; access is not given to who is not there', async () => {
    const secretary = await meeting.screen('secretary')
    await expectRefused(secretary.send('papers:approve', { paperId }), 'papers.notSubmitted')
    await expectRefused(secretary.send('papers:return', { paperId, reason: 'Thiếu phụ lục' }), 'papers.notSubmitted')
    await expectRefused(secretary.send('papers:withdraw', { paperId }), 'papers.approved')
    await expectRefused(secretary.send('papers:setAccess', { paperId, access: ['nobody'] }), 'agenda.unknownPerson')
    await expectRefused(secretary.send('papers:setAccess', { paperId: 'hasOwnProperty', access: null }), 'papers.unknown')
  })
})
