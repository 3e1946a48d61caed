import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from '../../support/browser.ts'
import { serveFiles } from '../../support/fileServer.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { compare, type Figure } from '../figure.ts'
import { openCold } from './legible.ts'

const repeats = 5

/**
 * Whether the hub should linearise papers at upload (PROOF P6 wants it measured): our reader on the slow line, without the hub's picture, with a paper
 * as it is and as qpdf puts it in the order of its pages. Without qpdf there is nothing to measure, and that is said.
 */
export async function linearising(): Promise<Figure[]> {
  const papers = {
    'scan of 90 pages, 22 MB': { bytes: await scanPdf({ pages: 90, bytes: 22_000_000, seed: 2026 }), pages: 90 },
    'Vietnamese text of 200 pages': { bytes: await textPdf({ pages: 200, seed: 2026 }), pages: 200 },
  }
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-linearised-'))
  const browser = await launchBrowser()
  const figures: Figure[] = []
  try {
    for (const [name, { bytes, pages }] of Object.entries(papers)) {
      await writeFile(join(folder, 'plain.pdf'), bytes)
      if (spawnSync('qpdf', ['--linearize', 'plain.pdf', 'linear.pdf'], { cwd: folder }).status !== 0) {
        console.log('qpdf is not here (Debian package qpdf): nothing is linearised')
        return []
      }
      const forms = { 'plain.pdf': bytes, 'linear.pdf': await readFile(join(folder, 'linear.pdf')) }
      const server = await serveFiles({ folders: { '/': await buildReaderPage() }, papers: forms })
      const drawn: Record<string, number[]> = { 'plain.pdf': [], 'linear.pdf': [] }
      for (let turn = 0; turn <= repeats; turn++) {
        for (const [file, { length }] of Object.entries(forms)) {
          const { times } = await openCold(browser, `${server.origin}/?url=/papers/${file}&size=${length}&pages=${pages}`, ['[data-page="1"] canvas:not([data-layer])'])
          if (turn > 0) drawn[file]?.push(times[0] ?? Number.NaN)
        }
      }
      await server.close()
      figures.push(compare(`First page drawn, linearised, ${name}`, 'ms', drawn['linear.pdf'] ?? [], drawn['plain.pdf'] ?? [], null, `our reader beside itself with the paper as it is; 10 Mbit/s, 40 ms, CPU ×4, ${repeats} repeats in turn, one to warm up; ${forms['linear.pdf'].length} bytes instead of ${bytes.length}`))
    }
    return figures
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}
