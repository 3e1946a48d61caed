import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { bookOf, bookRefusal, numberPages, papersIn } from '../../../shared/meeting/papers/book.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { move, people, Play } from '../../support/meeting/history.ts'
import { draftMeeting } from '../../support/meeting/rehearsal.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

test('papers stand in the agenda’s order, each item’s own in theirs, in their present version', () => {
  const { meeting, item } = draftMeeting()
  meeting.do('secretary', 'meeting:publish', {})
  meeting.do('secretary', 'papers:setRules', { downloads: true })
  const [first, second] = [meeting.attach(item), meeting.attach(item)]
  meeting.do('secretary', 'papers:move', { paperId: first, itemId: item, afterId: second })
  meeting.do('secretary', 'papers:replace', { paperId: second, name: 'moi.pdf', sha256: 'b'.repeat(64), size: 1, pages: 12, changedPages: null })
  expect(papersIn(bookOf(meeting.state, 'an')).map(({ paperId, version, pages }) => [paperId, version, pages])).toEqual([[second, 2, 12], [first, 1, 9]])
  expect(bookRefusal(meeting.state, 'an')).toBeNull()
})

test('what is not approved is in nobody’s book, its owner’s and the chair’s neither; a new version that waits leaves the old one there', () => {
  const { meeting, item } = draftMeeting()
  meeting.do('secretary', 'meeting:publish', {})
  meeting.do('secretary', 'agenda:changeItem', { itemId: item, ownerIds: ['an'] })
  const paperId = meeting.attach(item, 'an')
  for (const person of ['an', 'chair', 'secretary']) expect(papersIn(bookOf(meeting.state, person))).toEqual([])
  meeting.do('an', 'papers:submit', { paperId })
  meeting.do('chair', 'papers:approve', { paperId })
  meeting.do('an', 'papers:replace', { paperId, name: 'moi.pdf', sha256: 'b'.repeat(64), size: 1, pages: 12, changedPages: null })
  for (const person of ['an', 'chair', 'binh']) expect(papersIn(bookOf(meeting.state, person)).map(({ version }) => version)).toEqual([1])
})

test(`nobody's book holds an item or a paper that is not in his own view, nor an unapproved one; what he sees approved is in it (seed ${seed})`, { timeout: 120_000 }, () => {
  let held = 0
  fc.assert(fc.property(fc.array(move, { minLength: 60, maxLength: 140 }), (moves) => {
    const play = new Play()
    play.open()
    for (const one of moves) play.play(one)
    for (const personId of people) {
      const viewer = { personId, projector: false }
      const audience = audienceOf(play.state, viewer)
      if (!audience) continue
      const view = viewOf(play.state, audience, viewer)
      const book = bookOf(play.state, personId)
      // The hub makes it of the view; both say the same.
      expect(book.map(({ title, papers }) => [title, papers.map(({ paperId, version }) => [paperId, version])]))
        .toEqual(bookOf(view, personId).map(({ title, papers }) => [title, papers.map(({ paperId, version }) => [paperId, version])]))
      expect(papersIn(book).map(({ paperId }) => paperId).sort()).toEqual(Object.values(view.papers).filter(({ status }) => status === 'approved').map(({ paperId }) => paperId).sort())
      expect(book).toHaveLength(Object.keys(view.items).length)
      held += papersIn(book).length
    }
  }), { seed, numRuns: 12 })
  expect(held).toBeGreaterThan(0)
})

test(`pages are numbered through without a gap, whatever is left out (seed ${seed})`, () => {
  fc.assert(fc.property(fc.array(fc.record({ pages: fc.integer({ min: 1, max: 500 }), out: fc.boolean() })), (papers) => {
    const leftOut = new Set(papers.flatMap(({ out }, index) => (out ? [index] : [])))
    const { begins, pages } = numberPages(papers, leftOut)
    let next = 1
    for (const [index, begin] of begins.entries()) {
      expect(begin).toBe(leftOut.has(index) ? null : next)
      if (begin !== null) next += papers[index]!.pages
    }
    expect(pages).toBe(next - 1)
  }), { seed })
})
