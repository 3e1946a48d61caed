import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { SecrecyLevel } from '../../secrecy/level.ts'
import { stampedLevel } from '../../secrecy/stamp.ts'
import type { PageText } from '../../../../shared/papers/contents.ts'
import { readContents, usualLimits } from '../reading/read.ts'
import { pageOfTable } from './table.ts'
import { recognise, tesseractLanguages } from './tesseract.ts'

/** A4 at 200 dots an inch: stamps are large. */
const width = 1654
/** Stamps stand beside and under the letterhead. */
const upperPart = 0.5
/** Milliseconds that whoever uploads a scan may wait. */
const patience = 25_000

/**
 * The level that a scanned first page is stamped with, as far as tesseract can read it: looked for before the paper is attached, because
 * afterwards it lies on every tablet. Null when there is none, when tesseract is not installed, or when the page takes too long.
 */
export async function scannedLevel(path: string): Promise<SecrecyLevel | null> {
  if (await tesseractLanguages() === null) return null
  const { size } = await stat(path)
  const late = AbortSignal.timeout(patience)
  let level: SecrecyLevel | null = null
  const job = { first: [{ page: 1, width, grey: true }], words: false, then: [], thumbnails: null }
  await readContents(createReadStream(path), size, job, { ...usualLimits, time: patience }, async told => {
    if (told.kind !== 'drawn') return
    const height = Math.ceil(told.height * upperPart)
    const table = await recognise(told.pixels.subarray(0, told.width * height), { width: told.width, height, dotsPerInch: 200 }, late).catch(() => null)
    if (table === null) return
    const points = { width: told.width / 200 * 72, height: told.height / 200 * 72 }
    level = levelOnPage({ ...pageOfTable(table, { width: told.width, height }, { width: points.width, height: points.height * upperPart }), height: points.height * upperPart }, points.height)
  }, late)
  return level
}

/** Words of a page as the stamp finder takes them: feet of the letters, in points. `height`: of the whole page. */
export function levelOnPage(page: PageText, height: number): SecrecyLevel | null {
  const runs = page.runs.map(run => ({ text: run.text, x: run.x * page.width, y: (run.y + run.height) * page.height, width: run.width * page.width, height: run.height * page.height }))
  return stampedLevel(runs, { height })
}
