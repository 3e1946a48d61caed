import { describe, expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { atVersion } from '../../../shared/meeting/papers/versions.ts'
import { seesPaper } from '../../../shared/meeting/papers/visibility.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { draftMeeting, meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const file = (letter: string) => ({ name: 'bao-cao.pdf', sha256: letter.repeat(64), size: 1, pages: 9, changedPages: [3, 7] })
const paperSeen = (meeting: Rehearsal, personId: string, paperId: string, projector = false) =>
  viewOf(meeting.state, audienceOf(meeting.state, { personId, projector })!, { personId, projector }).papers[paperId]
const keyOf = (meeting: Rehearsal, personId: string) => audienceOf(meeting.state, { personId, projector: false })?.key

function owned(scene: { meeting: Rehearsal; item: string } = meetingInSession()) {
  scene.meeting.do('secretary', 'agenda:changeItem', { itemId: scene.item, ownerIds: ['an'] })
  return scene
}

describe('a paper that an owner hands in', () => {
  test('is there for owner and leaders, and for the others when it is approved', () => {
    const { meeting, item } = owned()
    const paperId = meeting.attach(item, 'an')
    const seen = () => ['chair', 'secretary', 'an', 'binh', 'guest'].filter((one) => paperSeen(meeting, one, paperId))
    expect(seen()).toEqual(['chair', 'secretary', 'an'])
    meeting.do('an', 'papers:submit', { paperId })
    meeting.do('chair', 'papers:return', { paperId, reason: 'Thiếu phụ lục' })
    expect(paperSeen(meeting, 'an', paperId)).toMatchObject({ status: 'returned', reason: 'Thiếu phụ lục' })
    meeting.do('an', 'papers:replace', { paperId, ...file('b') })
    meeting.do('an', 'papers:submit', { paperId })
    expect(seen()).toEqual(['chair', 'secretary', 'an'])
    meeting.do('chair', 'papers:approve', { paperId })
    expect(seen()).toEqual(['chair', 'secretary', 'an', 'binh', 'guest'])
    // What was never approved is nobody's former version.
    expect(paperSeen(meeting, 'binh', paperId)).toMatchObject({ status: 'approved', version: 2, earlier: [] })
    expect(keyOf(meeting, 'an')).not.toContain(paperId)
  })

  test('on another’s item, or by somebody who owns none, is refused', () => {
    const { meeting, secret } = { ...meetingInSession() }
    meeting.do('secretary', 'agenda:changeItem', { itemId: secret, ownerIds: ['an'] })
    const item = Object.keys(meeting.state.items).find((one) => one !== secret) as string
    const paper = { paperId: 'p', title: 'Báo cáo', name: 'bao-cao.pdf', sha256: 'a'.repeat(64), size: 1, pages: 1 }
    expect(meeting.refusal('an', 'papers:attach', { ...paper, itemId: item }).code).toBe('permission.denied')
    expect(meeting.refusal('binh', 'papers:attach', { ...paper, itemId: item }).code).toBe('permission.denied')
    expect(meeting.refusal('an', 'papers:approve', { paperId: meeting.attach(secret, 'an') }).code).toBe('permission.denied')
  })

  test('as a new version leaves the one in use where it is until it is approved', () => {
    const { meeting, item } = owned()
    const paperId = meeting.attach(item)
    meeting.do('an', 'papers:replace', { paperId, ...file('b') })
    expect(paperSeen(meeting, 'binh', paperId)).toMatchObject({ version: 1, next: null })
    expect(paperSeen(meeting, 'an', paperId)).toMatchObject({ version: 1, next: { version: 2, status: 'draft' } })
    expect(atVersion(paperSeen(meeting, 'binh', paperId)!, 2)).toBeUndefined()
    meeting.do('an', 'papers:submit', { paperId })
    meeting.do('secretary', 'papers:approve', { paperId })
    expect(paperSeen(meeting, 'binh', paperId)).toMatchObject({ version: 2, next: null, changedPages: [3, 7], late: { allowedBy: 'secretary' }, earlier: [{ version: 1, sha256: 'a'.repeat(64) }] })
  })

  test('is taken back by its owner, not by others and not once it is approved', () => {
    const { meeting, item } = owned()
    const paperId = meeting.attach(item, 'an')
    expect(meeting.refusal('binh', 'papers:withdraw', { paperId }).code).toBe('permission.denied')
    meeting.do('an', 'papers:withdraw', { paperId })
    expect(meeting.state.papers[paperId]).toBeUndefined()
    expect(meeting.refusal('an', 'papers:withdraw', { paperId: meeting.attach(item) }).code).toBe('papers.approved')
  })
})

describe('whose papers are approved first', () => {
  test('nobody’s, the owners’ or all, as the meeting says; the chair approves by handing in', () => {
    const { meeting, item } = owned()
    const statusOf = (by: string) => {
      const paperId = meeting.attach(item, by)
      return meeting.state.papers[paperId]?.status
    }
    expect([statusOf('chair'), statusOf('secretary'), statusOf('an')]).toEqual(['approved', 'approved', 'draft'])
    meeting.do('secretary', 'papers:setRules', { approval: 'all' })
    expect([statusOf('chair'), statusOf('secretary'), statusOf('an')]).toEqual(['approved', 'draft', 'draft'])
    meeting.do('secretary', 'papers:setRules', { approval: 'none' })
    expect([statusOf('chair'), statusOf('secretary'), statusOf('an')]).toEqual(['approved', 'approved', 'approved'])
  })
})

describe('a late paper', () => {
  test('came after the item’s deadline or in the session; who allowed it is on record', () => {
    const { meeting, item } = owned(draftMeeting())
    const early = meeting.attach(item)
    meeting.do('secretary', 'agenda:changeItem', { itemId: item, papersDue: 1_700_000_000_000 })
    const late = meeting.attach(item)
    meeting.do('secretary', 'agenda:changeItem', { itemId: item, papersDue: null })
    meeting.begin()
    const inSession = meeting.attach(item, 'an')
    meeting.do('an', 'papers:submit', { paperId: inSession })
    expect(meeting.state.papers[inSession]?.late).toEqual({ allowedBy: null })
    meeting.do('chair', 'papers:approve', { paperId: inSession })
    expect([early, late, inSession].map((paperId) => meeting.state.papers[paperId]?.late)).toEqual([null, { allowedBy: 'secretary' }, { allowedBy: 'chair' }])
  })
})

describe('access to one paper', () => {
  test('narrows what its item allows and never widens it; an empty list is for leaders alone', () => {
    const { meeting, item, secret } = meetingInSession()
    const [open, closed] = [meeting.attach(item), meeting.attach(secret)]
    const who = (paperId: string) => ['chair', 'secretary', 'an', 'binh', 'guest'].filter((one) => paperSeen(meeting, one, paperId))
    meeting.do('secretary', 'papers:setAccess', { paperId: open, access: ['binh'] })
    meeting.do('secretary', 'papers:setAccess', { paperId: closed, access: ['an', 'binh'] })
    expect([who(open), who(closed)]).toEqual([['chair', 'secretary', 'binh'], ['chair', 'secretary', 'an']])
    meeting.do('secretary', 'papers:setAccess', { paperId: open, access: [] })
    expect(who(open)).toEqual(['chair', 'secretary'])
    expect(paperSeen(meeting, 'chair', open, true)).toBeUndefined()
    for (const one of ['chair', 'an', 'binh', 'guest']) expect(seesPaper(meeting.state, one, meeting.state.papers[open]!)).toBe(paperSeen(meeting, one, open) !== undefined)
  })

  test('whoever may not see the presented paper meets the neutral pause, and only he', () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:setAccess', { paperId, access: ['an'] })
    meeting.do('chair', 'presentation:start', { paperId })
    const view = (personId: string, projector = false) => viewOf(meeting.state, audienceOf(meeting.state, { personId, projector })!, { personId, projector })
    expect([view('an'), view('binh'), view('chair', true)].map(({ pause, presentation }) => [pause, presentation?.paperId])).toEqual([[false, paperId], [true, undefined], [true, undefined]])
    expect(meeting.refusal('chair', 'presentation:handOver', { presenterId: 'binh' }).code).toBe('presentation.presenterWithoutAccess')
    meeting.do('chair', 'presentation:handOver', { presenterId: 'an' })
    expect(meeting.refusal('secretary', 'papers:setAccess', { paperId, access: ['binh'] }).code).toBe('papers.beingPresented')
  })

  test('who see the same share their frames', () => {
    const { meeting, item } = meetingInSession()
    const before = keyOf(meeting, 'binh')
    meeting.do('secretary', 'papers:setAccess', { paperId: meeting.attach(item), access: ['dung', 'chi'] })
    expect(keyOf(meeting, 'dung')).toBe(keyOf(meeting, 'chi'))
    expect(keyOf(meeting, 'binh')).toBe(before)
    expect(keyOf(meeting, 'dung')).not.toBe(before)
  })
})

describe('who opened what', () => {
  test('is recorded once for each version, where the meeting says so, and told to leaders alone', () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:setRules', { receipts: true })
    expect(meeting.do('an', 'papers:open', { paperId, version: 1 })).toHaveLength(1)
    expect(meeting.refusal('an', 'papers:open', { paperId, version: 1 }).code).toBe('papers.alreadyOpened')
    meeting.do('secretary', 'papers:replace', { paperId, ...file('b') })
    meeting.do('an', 'papers:open', { paperId, version: 2 })
    const receipts = (personId: string) => viewOf(meeting.state, audienceOf(meeting.state, { personId, projector: false })!, { personId, projector: false }).receipts
    expect(receipts('chair')).toMatchObject({ [paperId]: { an: { version: 2 } } })
    expect([receipts('an'), receipts('binh')]).toEqual([{}, {}])
    expect(meeting.refusal('an', 'papers:open', { paperId, version: 3 }).code).toBe('papers.unknown')
  })
})
