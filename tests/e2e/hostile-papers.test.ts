import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { serveFiles, type FileServer } from '../support/fileServer.ts'
import { pdfOfObjects, withJavaScript } from '../support/papers/broken.ts'
import { buildReaderPage } from '../support/reader/build.ts'

const fonts = join(import.meta.dirname, '../../server/papers/copying/font')
const code = 'globalThis.taken = true; alert\\(document.domain\\)'

const stream = (dictionary: string, bytes: Buffer): Buffer => Buffer.concat([Buffer.from(`<<${dictionary}/Length ${bytes.length}>>stream\n`), bytes, Buffer.from('\nendstream')])

/** CVE-2024-4367: where a number of a font's matrix is due stands a string, which pdf.js before 4.2.67 compiled as JavaScript to draw letters as paths. */
function codeInFontMatrix(): Buffer {
  const font = readFileSync(join(fonts, readdirSync(fonts).find(name => name.endsWith('.ttf')) ?? ''))
  return pdfOfObjects([
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    stream('', Buffer.from('BT /F 60 Tf 2 Tr 60 600 Td (Giao ban) Tj ET')),
    `<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Giao/FirstChar 32/LastChar 122/Widths[${'600 '.repeat(91)}]/Encoding/WinAnsiEncoding/FontDescriptor 6 0 R/FontMatrix[0.001 0 0 0.001 0 (0\\); ${code};//)]>>`,
    '<</Type/FontDescriptor/FontName/ABCDEF+Giao/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80/FontFile2 7 0 R>>',
    stream(`/Length1 ${font.length}`, font),
  ])
}

describe('papers that mean harm', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: FileServer
  const papers = { 'matrix.pdf': codeInFontMatrix(), 'script.pdf': withJavaScript() }
  beforeAll(async () => {
    browser = await launchBrowser()
    server = await serveFiles({ folders: { '/': await buildReaderPage() }, papers })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  test.each([['code in the matrix of a font (CVE-2024-4367)', 'matrix.pdf'], ['JavaScript that runs when a paper is opened', 'script.pdf']] as const)('%s does nothing', async (_what, name) => {
    const page = await browser.newPage()
    const dialogs: string[] = []
    page.on('dialog', dialog => { dialogs.push(dialog.message()); void dialog.dismiss() })
    const answer = await page.goto(`${server.origin}/?url=/papers/${name}&size=${papers[name].length}&pages=1`)
    await page.locator('[data-page="1"][data-state="drawn"]').waitFor({ timeout: 60_000 })
    expect(await page.evaluate(() => 'taken' in globalThis)).toBe(false)
    expect(dialogs).toEqual([])
    // And if some day code came through nevertheless: the page's policy compiles no strings.
    const policy = answer?.headers()['content-security-policy']
    expect(policy).toContain('script-src')
    expect(policy).not.toContain("'unsafe-eval'")
    await page.close()
  })
})
