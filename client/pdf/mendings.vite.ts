import type { Plugin } from 'vite'

interface Mending { why: string; in: RegExp; from: string; to: string }

const anyPart = /pdfjs-dist\/(legacy\/)?build\/pdf(\.worker)?\.mjs/u
const worker = /pdfjs-dist\/(legacy\/)?build\/pdf\.worker\.mjs/u

/**
 * What we change in pdf.js while it is bundled.
 *
 * It opens a paper only after it has found its last page, and asks for the dictionaries of all pages to find one. In a
 * scan those lie between the pictures: a 22 MB paper of 90 pages then costs 90 requests and 6 MB before page 1. While a
 * paper is still arriving, its page count is taken at its word (the hub has counted the pages at upload, and the reader
 * compares), and a page of a flat list is fetched directly. With all bytes there, pdf.js does as it always did.
 */
const mendings: Mending[] = [
  {
    why: 'the last page is looked for when the paper is complete',
    in: worker,
    from: 'await this.ensureDoc("checkLastPage", [recoveryMode]);',
    to: 'if (recoveryMode || !this.streamManager || this.streamManager.stream.isDataLoaded) await this.ensureDoc("checkLastPage", [recoveryMode]);',
  },
  {
    why: 'as many pages as children: every child is one page',
    in: worker,
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
  {
    // For the stack of an Error that nobody throws, V8 reads the whole program a second time: a fifth of a second on a slow tablet.
    why: 'no Error is made while the program is loaded',
    in: anyPart,
    from: 'BaseException.prototype = new Error();',
    to: 'BaseException.prototype = Object.create(Error.prototype);',
  },
]

/** Applies them. A pdf.js that looks different fails the build, and a person decides. */
export function mendedPdf(): Plugin {
  return {
    name: 'mended-pdf',
    enforce: 'pre',
    transform(code, id) {
      // `…?worker&url` is only the worker's address; its program comes by its own name.
      if (!anyPart.test(id) || id.includes('worker&url')) return null
      let mended = code
      for (const { why, from, to, ...where } of mendings) {
        if (!where.in.test(id)) continue
        if (mended.split(from).length !== 2) this.error(`pdf.js has changed: see client/pdf/mendings.vite.ts, "${why}"`)
        mended = mended.replace(from, () => to)
      }
      return { code: mended, map: null }
    },
  }
}
