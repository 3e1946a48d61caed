import { describe, expect, test } from 'vitest'
import { childrenOf, currentItem, numberedAgenda } from '../../../shared/meeting/agenda/tree.ts'
import { papersOf } from '../../../shared/meeting/papers/order.ts'
import { draftMeeting, meetingInSession, Rehearsal } from '../../support/meeting/rehearsal.ts'

const read = (meeting: Rehearsal) => numberedAgenda(meeting.state.items).map(({ number, item, depth }) => `${'  '.repeat(depth)}${number} ${item.title}`)
const types = (steps: { fact: { type: string } }[]) => steps.map(({ fact }) => fact.type)

describe('the agenda as it is read', () => {
  test('confidential items are numbered apart, so that open items bear the same number on every screen', () => {
    const meeting = new Rehearsal()
    const one = meeting.addItem('Khai mạc')
    meeting.addItem('Nhân sự', { confidential: true })
    meeting.addItem('Kinh tế')
    meeting.addItem('Kỷ luật', { confidential: true })
    meeting.addItem('Ngân sách', { parentId: one })
    meeting.addItem('Thưởng', { parentId: one, confidential: true })
    meeting.addItem('Đầu tư', { parentId: one })
    expect(read(meeting)).toEqual(['1 Khai mạc', '  1.1 Ngân sách', '  1.K1 Thưởng', '  1.2 Đầu tư', 'K1 Nhân sự', '2 Kinh tế', 'K2 Kỷ luật'])
  })

  test('items are put first, behind another, last, and moved between levels with all that is below them', () => {
    const meeting = new Rehearsal()
    const a = meeting.addItem('A')
    const c = meeting.addItem('C')
    meeting.addItem('B', { afterId: a })
    meeting.addItem('Đầu', { afterId: null })
    const below = meeting.addItem('C1', { parentId: c })
    meeting.addItem('C1a', { parentId: below })
    expect(read(meeting)).toEqual(['1 Đầu', '2 A', '3 B', '4 C', '  4.1 C1', '    4.1.1 C1a'])
    meeting.do('secretary', 'agenda:moveItem', { itemId: below, parentId: a, afterId: null })
    meeting.do('secretary', 'agenda:moveItem', { itemId: c, parentId: null, afterId: null })
    expect(read(meeting)).toEqual(['1 C', '2 Đầu', '3 A', '  3.1 C1', '    3.1.1 C1a', '4 B'])
  })

  test('moving again and again to the same place keeps the order of all others', () => {
    const meeting = new Rehearsal()
    const ids = ['A', 'B', 'C', 'D'].map((title) => meeting.addItem(title))
    for (let round = 0; round < 200; round += 1) {
      meeting.do('secretary', 'agenda:moveItem', { itemId: ids[3]!, parentId: null, afterId: ids[0]! })
      meeting.do('secretary', 'agenda:moveItem', { itemId: ids[2]!, parentId: null, afterId: ids[0]! })
    }
    expect(childrenOf(meeting.state.items, null).map(({ title }) => title)).toEqual(['A', 'C', 'D', 'B'])
  })

  test('depth is counted with what hangs below the item that is moved', () => {
    const meeting = new Rehearsal()
    const top = meeting.addItem('1')
    const second = meeting.addItem('1.1', { parentId: top })
    const other = meeting.addItem('2')
    const below = meeting.addItem('2.1', { parentId: other })
    meeting.addItem('2.1.1', { parentId: below })
    expect(meeting.refusal('secretary', 'agenda:moveItem', { itemId: other, parentId: second, afterId: null })).toEqual({ code: 'agenda.tooDeep', params: { most: 4 } })
    meeting.do('secretary', 'agenda:moveItem', { itemId: below, parentId: second, afterId: null })
    expect(read(meeting)).toEqual(['1 1', '  1.1 1.1', '    1.1.1 2.1', '      1.1.1.1 2.1.1', '2 2'])
  })
})

describe('removing', () => {
  test('an item takes along what hangs on it, from the leaves up, papers and draft votes first', () => {
    const { meeting, item } = draftMeeting()
    const child = meeting.addItem('Mục con', { parentId: item })
    const paper = meeting.attach(child)
    const vote = meeting.draftVote(item)
    const steps = meeting.do('secretary', 'agenda:removeItem', { itemId: item })
    expect(steps.map(({ fact }) => [fact.type, fact.data])).toEqual([
      ['paper.detached', { paperId: paper }],
      ['agenda.itemRemoved', { itemId: child }],
      ['vote.removed', { voteId: vote }],
      ['agenda.itemRemoved', { itemId: item }],
    ])
    expect([meeting.state.papers, meeting.state.votes]).toEqual([{}, {}])
  })

  test('what was held below, or voted on, keeps the items above it', () => {
    const { meeting, item } = meetingInSession()
    const child = meeting.addItem('Mục con', { parentId: item })
    const sibling = meeting.addItem('Mục con khác', { parentId: item })
    const vote = meeting.openVote(sibling)
    meeting.do('chair', 'votes:cancel', { voteId: vote, reason: 'Nhầm nội dung' })
    expect(meeting.refusal('secretary', 'agenda:removeItem', { itemId: sibling }).code).toBe('agenda.alreadyHeld')
    meeting.do('chair', 'agenda:startItem', { itemId: child })
    meeting.do('chair', 'agenda:finishItem', { itemId: child })
    expect(meeting.refusal('secretary', 'agenda:removeItem', { itemId: item }).code).toBe('agenda.alreadyHeld')
  })
})

describe('starting and finishing', () => {
  test('while a sub-item is on, so are the items above it, and the deepest one counts', () => {
    const { meeting, item } = meetingInSession()
    const child = meeting.addItem('Mục con', { parentId: item })
    const grandchild = meeting.addItem('Mục cháu', { parentId: child })
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    const started = meeting.do('chair', 'agenda:startItem', { itemId: grandchild })
    expect(started.map(({ fact }) => [fact.type, fact.data])).toEqual([['agenda.itemStarted', { itemId: child }], ['agenda.itemStarted', { itemId: grandchild }]])
    expect(currentItem(meeting.state.items)?.itemId).toBe(grandchild)
    meeting.do('chair', 'agenda:finishItem', { itemId: grandchild })
    expect(currentItem(meeting.state.items)?.itemId).toBe(child)
    meeting.do('chair', 'agenda:startItem', { itemId: grandchild })
    const finished = meeting.do('chair', 'agenda:finishItem', { itemId: item })
    expect(finished.map(({ fact }) => fact.data)).toEqual([{ itemId: grandchild }, { itemId: child }, { itemId: item }])
    expect(currentItem(meeting.state.items)).toBeNull()
  })

  test('an item that is on changes its place among its siblings, not its parent', () => {
    const { meeting, item, secret } = meetingInSession()
    const child = meeting.addItem('Mục con', { parentId: item })
    meeting.do('chair', 'agenda:startItem', { itemId: child })
    for (const [itemId, parentId] of [[child, null], [item, secret]] as const) {
      expect(meeting.refusal('secretary', 'agenda:moveItem', { itemId, parentId, afterId: null }).code).toBe('agenda.alreadyCurrent')
    }
    meeting.do('secretary', 'agenda:moveItem', { itemId: item, parentId: null, afterId: secret })
  })

  test('starting another item finishes what is on, deepest first, but nothing above the new one', () => {
    const { meeting, item, secret } = meetingInSession()
    const [first, second] = [meeting.addItem('Mục 1', { parentId: item }), meeting.addItem('Mục 2', { parentId: item })]
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.do('chair', 'agenda:startItem', { itemId: first })
    const steps = meeting.do('chair', 'agenda:startItem', { itemId: second })
    expect(steps.map(({ fact }) => [fact.type, fact.data])).toEqual([['agenda.itemFinished', { itemId: first }], ['agenda.itemStarted', { itemId: second }]])
    const others = meeting.do('chair', 'agenda:startItem', { itemId: secret })
    expect(others.map(({ fact }) => fact.data)).toEqual([{ itemId: second }, { itemId: item }, { itemId: secret }])
  })

  test('a finished item may be taken up again', () => {
    const { meeting, item, secret } = meetingInSession()
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.do('chair', 'agenda:startItem', { itemId: secret })
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    expect(meeting.state.items[item]).toMatchObject({ status: 'current', finishedAt: null })
  })

  test('a presentation ends with its item, and only with its own', () => {
    const { meeting, item, secret } = meetingInSession()
    const child = meeting.addItem('Mục con', { parentId: item })
    const paperId = meeting.attach(item)
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.do('chair', 'presentation:start', { paperId })
    meeting.do('chair', 'agenda:startItem', { itemId: child })
    meeting.do('chair', 'agenda:finishItem', { itemId: child })
    expect(meeting.state.presentation?.paperId).toBe(paperId)
    expect(types(meeting.do('chair', 'agenda:startItem', { itemId: secret }))).toEqual(['presentation.ended', 'agenda.itemFinished', 'agenda.itemStarted'])
  })

  test('ending the meeting ends what is presented and finishes what is on', () => {
    const { meeting, item } = meetingInSession()
    const child = meeting.addItem('Mục con', { parentId: item })
    const paperId = meeting.attach(child)
    meeting.do('chair', 'agenda:startItem', { itemId: item })
    meeting.do('chair', 'agenda:startItem', { itemId: child })
    meeting.do('chair', 'presentation:start', { paperId })
    const steps = meeting.do('chair', 'meeting:end', {})
    expect(steps.map(({ fact }) => [fact.type, fact.data])).toEqual([
      ['presentation.ended', {}], ['agenda.itemFinished', { itemId: child }], ['agenda.itemFinished', { itemId: item }], ['meeting.ended', {}],
    ])
  })
})

test('papers of an item keep their order and move between items', () => {
  const { meeting, item, secret } = draftMeeting()
  const [a, b, c] = [meeting.attach(item), meeting.attach(item), meeting.attach(item)]
  meeting.do('secretary', 'papers:move', { paperId: c, itemId: item, afterId: null })
  meeting.do('secretary', 'papers:move', { paperId: a, itemId: secret, afterId: null })
  expect(papersOf(meeting.state.papers, item).map(({ paperId }) => paperId)).toEqual([c, b])
  expect(papersOf(meeting.state.papers, secret).map(({ paperId }) => paperId)).toEqual([a])
})
