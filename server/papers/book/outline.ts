import { PDFHexString, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'
import type { BookItem } from '../../../shared/meeting/papers/book.ts'
import type { BoundPaper } from './job.ts'

interface Entry { title: string; page: PDFRef; below: Entry[] }

/** Bookmarks: the agenda, then each item that has papers (those of items below it count), under it its papers. */
export function outlineOf(context: PDFContext, items: readonly BookItem<BoundPaper>[], first: (index: number) => PDFRef | null, agenda: { title: string; page: PDFRef }): PDFRef {
  const entries: Entry[] = [{ ...agenda, below: [] }, ...entriesOf(items, first)]
  const root = context.nextRef()
  context.assign(root, context.obj({ Type: 'Outlines', ...written(context, entries, root) } as never))
  return root
}

/** The agenda as a tree; where an item has nothing to turn to, it goes, and takes its place to those below it. */
function entriesOf(items: readonly BookItem<BoundPaper>[], first: (index: number) => PDFRef | null): Entry[] {
  const top: Entry[] = []
  const open: { depth: number; entry: Omit<Entry, 'page'> & { page: PDFRef | null } }[] = []
  let at = 0
  for (const { number, title, depth, papers } of items) {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop()
    const entry = { title: `${number}. ${title}`, page: null as PDFRef | null, below: [] as Entry[] }
    const above = open.at(-1)?.entry.below ?? top
    above.push(entry as Entry)
    open.push({ depth, entry })
    for (const paper of papers) {
      const page = first(at)
      at += 1
      if (!page) continue
      entry.below.push({ title: paper.title, page, below: [] })
      for (const one of open) one.entry.page ??= page
    }
  }
  return kept(top)
}

const kept = (entries: readonly Entry[]): Entry[] => entries.filter(({ page }) => page !== null).map((entry) => ({ ...entry, below: kept(entry.below) }))

function written(context: PDFContext, entries: readonly Entry[], parent: PDFRef): object {
  if (entries.length === 0) return {}
  const refs = entries.map(() => context.nextRef())
  for (const [index, { title, page, below }] of entries.entries()) {
    context.assign(refs[index] as PDFRef, context.obj({
      Title: PDFHexString.fromText(title), Parent: parent, Dest: [page, 'Fit'], Prev: refs[index - 1], Next: refs[index + 1], ...written(context, below, refs[index] as PDFRef),
    } as never))
  }
  return { First: refs[0], Last: refs.at(-1), Count: countOf(entries) }
}

/** All are open. */
const countOf = (entries: readonly Entry[]): number => entries.reduce((sum, { below }) => sum + 1 + countOf(below), 0)
