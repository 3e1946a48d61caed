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
  // A reader that goes while its paper is being opened: nobody waits for the answer any more, and an error thrown then is caught by nobody.
  {
    why: 'a paper that was opened too late is told to nobody',
    in: worker,
    from: 'function onSuccess(doc) {\n        ensureNotTerminated();',
    to: 'function onSuccess(doc) {\n        if (terminated) return;',
  },
  {
    why: 'a paper that could not be opened any more is no failure',
    in: worker,
    from: 'function pdfManagerReady() {\n        ensureNotTerminated();\n        loadDocument(false).then(onSuccess, function (reason) {\n          ensureNotTerminated();',
    to: 'function pdfManagerReady() {\n        if (terminated) return;\n        loadDocument(false).then(onSuccess, function (reason) {\n          if (terminated) return;',
  },
  {
    why: 'nor is one whose last bytes came too late',
    in: worker,
    from: 'pdfManager.requestLoadedStream().then(function () {\n            ensureNotTerminated();',
    to: 'pdfManager.requestLoadedStream().then(function () {\n            if (terminated) return;',
  },
  // Chromium keeps what it makes of every video frame it draws, a megabyte for a picture of a page, up to 500 MB; of a bitmap it keeps nothing.
  {
    why: 'a picture travels as a bitmap, not as a video frame',
    in: worker,
    from: 'return (await decoder.decode()).image;',
    to: `const { image: frame } = await decoder.decode();
      try {
        return await createImageBitmap(frame);
      } finally {
        frame.close();
      }`,
  },
  {
    why: 'a bitmap says its size in other words than a frame',
    in: worker,
    from: 'width: bitmap.displayWidth ?? width,\n      height: bitmap.displayHeight ?? height,',
    to: 'width: bitmap.displayWidth ?? bitmap.width,\n      height: bitmap.displayHeight ?? bitmap.height,',
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
