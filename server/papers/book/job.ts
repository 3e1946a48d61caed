import type { Language } from '../../../shared/contracts/refusal.ts'
import type { BookItem } from '../../../shared/meeting/papers/book.ts'

/** What the process that binds a book is told of one paper; its bytes (`size` of them) come after those of the paper before it. */
export interface BoundPaper { title: string; size: number; pages: number }

export interface BookJob {
  language: Language
  /** On the cover, one line each: what meets, what it is called, when, where. */
  cover: { body: string | null; title: string; when: string; place: string; made: string }
  items: BookItem<BoundPaper>[]
  /** Papers of this meeting that could not be bound in before the process began: numbers among all. */
  leftOut: number[]
  /** Whose copy it is: across each page and on the cover; null where the meeting does not ask for it. */
  line: string | null
}

/** What came of it: papers (numbers among all) that were left out because they could not be taken apart. */
export interface BoundBook { pages: number; leftOut: number[] }
