import type { Plugin } from 'vite'

interface Mending { why: string; from: string; to: string }

/**
 * pdf.js opens a paper only after it has found its last page, and asks for the dictionaries of all pages to find one.
 * In a scan those lie between the pictures: a 22 MB paper of 90 pages then costs 90 requests and 6 MB before page 1.
 * While a paper is still arriving, its page count is taken at its word (the hub has counted the pages at upload, and
 * the reader compares), and a page of a flat list is fetched directly. With all bytes there, pdf.js does as it always did.
 */
const mendings: Mending[] = [
  {
    why: 'the last page is looked for when the paper is complete',
    from: 'await this.ensureDoc("checkLastPage", [recoveryMode]);',
    to: 'if (recoveryMode || !this.streamManager || this.streamManager.stream.isDataLoaded) await this.ensureDoc("checkLastPage", [recoveryMode]);',
  },
  {
    why: 'as many pages as children: every child is one page',
    from: 'for (let last = kids.length - 1; last >= 0; last--) {\n        const lastKid = kids[last];\n        nodesToVisit.push(lastKid);',
    to: `if (count === kids.length && kids[pageIndex - currentPageIndex] instanceof Ref) {
        const leafRef = kids[pageIndex - currentPageIndex];
        const leaf = await xref.fetchAsync(leafRef);
        if (leaf instanceof Dict && !leaf.has("Kids")) {
          pageIndexCache.put(leafRef, pageIndex);
          return [leaf, leafRef];
        }
      }
      for (let last = kids.length - 1; last >= 0; last--) {
        const lastKid = kids[last];
        nodesToVisit.push(lastKid);`,
  },
]

/** Applies the two changes to pdf.js's worker while it is bundled. A pdf.js that looks different fails the build. */
export function mendedPdfWorker(): Plugin {
  return {
    name: 'mended-pdf-worker',
    enforce: 'pre',
    transform(code, id) {
      if (!/pdfjs-dist\/(legacy\/)?build\/pdf\.worker\.mjs/u.test(id)) return null
      let mended = code
      for (const { why, from, to } of mendings) {
        if (mended.split(from).length !== 2) this.error(`pdf.js has changed: see client/pdf/worker.vite.ts, "${why}"`)
        mended = mended.replace(from, () => to)
      }
      return { code: mended, map: null }
    },
  }
}
