import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface Bookmark { title: string; /** From 1, in the file. */ page: number; below: Bookmark[] }

/** Bookmarks of a PDF, the labels its pages bear, and where links on its pages lead to (in the file, from 1), by page. */
export async function bookmarksOf(bytes: Uint8Array): Promise<{ bookmarks: Bookmark[]; labels: string[] | null; links: number[][] }> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false })
  const document = await task.promise
  type Entry = NonNullable<Awaited<ReturnType<typeof document.getOutline>>>[number]
  const pageOf = async (place: unknown): Promise<number> => await document.getPageIndex((place as Parameters<typeof document.getPageIndex>[0][])[0]!) + 1
  const read = (entries: Entry[]): Promise<Bookmark[]> =>
    Promise.all(entries.map(async ({ title, dest, items }) => ({ title, page: await pageOf(dest), below: await read(items as Entry[]) })))
  const links: number[][] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const notes = await (await document.getPage(number)).getAnnotations() as { subtype: string; dest?: unknown }[]
    links.push(await Promise.all(notes.filter(({ subtype, dest }) => subtype === 'Link' && Array.isArray(dest)).map(({ dest }) => pageOf(dest))))
  }
  const found = { bookmarks: await read(await document.getOutline() ?? []), labels: await document.getPageLabels(), links }
  await task.destroy()
  return found
}
