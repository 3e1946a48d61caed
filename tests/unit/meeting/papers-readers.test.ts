import { describe, expect, test } from 'vitest'
import { dutiesOf } from '../../../shared/meeting/papers/duties.ts'
import { readersOf } from '../../../shared/meeting/papers/receipts.ts'
import { meetingInSession } from '../../support/meeting/rehearsal.ts'

const next = (letter: string) => ({ name: 'bao-cao.pdf', sha256: letter.repeat(64), size: 1, pages: 9, changedPages: null })

describe('who has opened a paper', () => {
  test('each of those who may see it stands in one list: opened, an old version only, not yet', () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:setRules', { receipts: true })
    meeting.do('an', 'papers:open', { paperId, version: 1 })
    meeting.do('secretary', 'papers:replace', { paperId, ...next('b') })
    meeting.do('binh', 'papers:open', { paperId, version: 2 })
    const { opened, old, notYet } = readersOf(meeting.state, meeting.state.papers[paperId]!)
    expect([opened.map(({ personId }) => personId), old.map(({ personId, version }) => [personId, version])]).toEqual([['binh'], [['an', 1]]])
    expect([...notYet, 'an', 'binh'].sort()).toEqual(Object.keys(meeting.state.participants).sort())
    meeting.do('an', 'papers:open', { paperId, version: 2 })
    expect(readersOf(meeting.state, meeting.state.papers[paperId]!).old).toEqual([])
  })

  test('whoever may not see it is in none of them, also when he opened it before', () => {
    const { meeting, item } = meetingInSession()
    const paperId = meeting.attach(item)
    meeting.do('secretary', 'papers:setRules', { receipts: true })
    meeting.do('an', 'papers:open', { paperId, version: 1 })
    meeting.do('secretary', 'papers:setAccess', { paperId, access: ['binh'] })
    const { opened, old, notYet } = readersOf(meeting.state, meeting.state.papers[paperId]!)
    expect([opened, old, notYet.sort()]).toEqual([[], [], ['binh', 'chair', 'secretary']])
  })
})

describe('what one is to hand in', () => {
  test('item by item, until when, and how far each paper has come', () => {
    const { meeting, item } = meetingInSession()
    expect(dutiesOf(meeting.state, 'an')).toEqual([])
    meeting.do('secretary', 'agenda:changeItem', { itemId: item, ownerIds: ['an'], papersDue: 1_795_000_000_000 })
    const { title } = meeting.state.items[item]!
    const duties = () => dutiesOf(meeting.state, 'an').map(({ papers, ...duty }) => [duty, papers.map(({ status, reason }) => [status, reason])])
    const duty = { itemId: item, number: expect.stringMatching(/^\d/u), title, due: 1_795_000_000_000 }
    expect(duties()).toEqual([[duty, []]])
    const paperId = meeting.attach(item, 'an')
    expect(duties()).toEqual([[duty, [['draft', null]]]])
    meeting.do('an', 'papers:submit', { paperId })
    expect(duties()).toEqual([[duty, [['submitted', null]]]])
    meeting.do('chair', 'papers:return', { paperId, reason: 'Thiếu phụ lục' })
    expect(duties()).toEqual([[duty, [['returned', 'Thiếu phụ lục']]]])
    meeting.do('an', 'papers:submit', { paperId })
    meeting.do('chair', 'papers:approve', { paperId })
    expect(duties()).toEqual([[duty, [['approved', null]]]])
    expect(dutiesOf(meeting.state, 'binh')).toEqual([])
  })

  test('a paper on his item that is kept from him is not in it', () => {
    const { meeting, item } = meetingInSession()
    meeting.do('secretary', 'agenda:changeItem', { itemId: item, ownerIds: ['an'] })
    meeting.do('secretary', 'papers:setAccess', { paperId: meeting.attach(item), access: ['binh'] })
    expect(dutiesOf(meeting.state, 'an')).toMatchObject([{ papers: [] }])
  })
})
