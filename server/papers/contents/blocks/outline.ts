import type { OutlineEntry } from '../../../../shared/papers/contents.ts'
import { foldForSearch } from '../../../../shared/vietnamese/search.ts'

/** Headings as the words show them, and what the PDF's own bookmarks name besides, in the order of the paper. */
export function withBookmarks(outline: readonly OutlineEntry[], bookmarks: readonly OutlineEntry[]): OutlineEntry[] {
  const bare = (title: string): string => foldForSearch(title).replace(/[^\p{L}\p{N}]/gu, '')
  const byPage = new Map<number, string[]>()
  for (const { page, title } of outline) byPage.set(page, [...(byPage.get(page) ?? []), bare(title)])
  const added = bookmarks.filter(({ page, title }) => {
    const mark = bare(title)
    // A bookmark often has the first or the last line of a heading only, and leads to the end of the page before.
    return mark !== '' && ![page, page + 1].some(near => byPage.get(near)?.some(one => one.includes(mark) || mark.includes(one)))
  })
  return [...outline, ...added].sort((a, b) => a.page - b.page || a.top - b.top)
}
