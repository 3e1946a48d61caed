import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { numberedAgenda } from '../agenda/tree.ts'
import type { MeetingCommon } from '../state.ts'
import { seesItem } from '../visibility.ts'
import { papersOf } from './order.ts'
import { downloadRefusal } from './rules.ts'
import type { Paper } from './state.ts'
import { seesPaper } from './visibility.ts'

type Meeting = Pick<MeetingCommon, 'items' | 'participants' | 'papers' | 'paperRules'>

/** One item of the agenda in a meeting book (tập tài liệu phiên họp), with those of its papers that are bound in. */
export interface BookItem<P = Paper> {
  /** '2.1', as on every screen. */
  number: string
  title: string
  depth: number
  papers: P[]
}

/** What one book may hold. `bytes`: of the papers. */
export const bookLimits = { pages: 2_000, bytes: 400 * 2 ** 20 }

/**
 * The papers of a meeting as one person takes them along: the agenda as he sees it, and on each item what is approved and there for him, in its
 * present version. What is not for him is not in it, and nothing in it says that it exists.
 */
export function bookOf(meeting: Meeting, personId: string): BookItem[] {
  return numberedAgenda(meeting.items)
    .filter(({ item }) => seesItem(meeting, personId, item.itemId))
    .map(({ item, number, depth }) => ({
      number, title: item.title, depth,
      papers: papersOf(meeting.papers, item.itemId).filter((paper) => paper.status === 'approved' && seesPaper(meeting, personId, paper)),
    }))
}

/** All papers of a book, from its first page to its last. */
export function papersIn<P>(items: readonly BookItem<P>[]): P[] {
  return items.flatMap(({ papers }) => papers)
}

/** Why this person may not take the meeting's papers along as one book; null: he may. */
export function bookRefusal(meeting: Meeting, personId: string): Refusal | null {
  const wrong = downloadRefusal(meeting, personId)
  if (wrong) return wrong
  const papers = papersIn(bookOf(meeting, personId))
  if (papers.length === 0) return refusal('papers.bookEmpty')
  const [pages, bytes] = [sum(papers.map((paper) => paper.pages)), sum(papers.map(({ size }) => size))]
  if (pages <= bookLimits.pages && bytes <= bookLimits.bytes) return null
  return refusal('papers.bookTooLarge', { pages, megabytes: Math.ceil(bytes / 2 ** 20), mostPages: bookLimits.pages, mostMegabytes: bookLimits.bytes / 2 ** 20 })
}

/**
 * The page on which each paper of a book begins (null: it could not be bound in), and how many there are. Pages are numbered through from 1
 * behind cover and agenda.
 */
export function numberPages(papers: readonly { pages: number }[], leftOut: ReadonlySet<number>): { begins: (number | null)[]; pages: number } {
  let pages = 0
  const begins = papers.map((paper, index) => {
    if (leftOut.has(index)) return null
    const begin = pages + 1
    pages += paper.pages
    return begin
  })
  return { begins, pages }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
