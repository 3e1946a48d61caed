import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
const [,, file, out] = process.argv
const doc = await getDocument({ data: new Uint8Array(readFileSync(file)), useSystemFonts: false, verbosity: 0, standardFontDataUrl: new URL('./node_modules/pdfjs-dist/standard_fonts/', import.meta.url).pathname }).promise
const pages = []
for (let n = 1; n <= doc.numPages; n++) {
  const page = await doc.getPage(n)
  const vp = page.getViewport({ scale: 1 })
  const c = await page.getTextContent({ disableNormalization: true })
  await page.getOperatorList().catch(() => {})
  const runs = []
  for (const it of c.items) {
    if (!('str' in it) || it.str === '') continue
    const [a, b, cc, d, e, f] = it.transform
    const size = Math.hypot(cc, d)
    // corners
    const dir = [a / Math.hypot(a, b), b / Math.hypot(a, b)], up = [-dir[1], dir[0]]
    const p = (u, v) => vp.convertToViewportPoint(e + dir[0] * u + up[0] * v, f + dir[1] * u + up[1] * v)
    const st = c.styles[it.fontName]
    const asc = st?.ascent ?? 0.9, desc = st?.descent ?? -0.2
    const pts = [p(0, desc * size), p(it.width, asc * size)]
    const x0 = Math.min(pts[0][0], pts[1][0]), x1 = Math.max(pts[0][0], pts[1][0]), y0 = Math.min(pts[0][1], pts[1][1]), y1 = Math.max(pts[0][1], pts[1][1])
    let name = ''; try { name = page.commonObjs.get(it.fontName)?.name ?? '' } catch {}
    runs.push({ text: it.str, x: x0 / vp.width, y: y0 / vp.height, width: (x1 - x0) / vp.width, height: (y1 - y0) / vp.height, size, bold: /bold/i.test(name), italic: /italic|oblique/i.test(name) })
  }
  pages.push({ width: vp.width, height: vp.height, source: runs.length ? 'text' : 'none', runs })
}
writeFileSync(out, JSON.stringify(pages))
console.log(file, pages.length, pages.reduce((s, p) => s + p.runs.length, 0))
