import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectPdf } from '../../../server/papers/inspect.ts'
import { corpusLines, inLanes, tried, type CorpusResult } from '../../support/papers/corpus.ts'
import { conversionScene, officeFolder, pdfText, type ConversionScene } from './conversion-scene.ts'

const lines = corpusLines()
const libreOffice = existsSync(join(officeFolder, 'soffice.bin'))
if (lines.length === 0) console.log('../shared/corpus is not there: its files are not tried in this run')
else if (!libreOffice) console.log('LibreOffice is not here: office files of the corpus are not converted in this run')
const wanted = lines.filter(({ file }) => libreOffice || file.endsWith('.pdf'))

/** The refusals that say what the manifest asks for. */
const reasons: readonly [RegExp, RegExp][] = [
  [/password/, /^papers\.(?:encrypted|password)$/],
  [/damaged/, /^papers\.damaged$/],
  [/cannot be converted/, /^papers\.(?:cannotConvert|damaged)$/],
  [/time limit/, /^papers\.conversionTooHeavy$/],
  [/plain text|HTML/, /^papers\.unknownKind$/],
  [/0 bytes/, /^papers\.empty$/],
]

describe.skipIf(wanted.length === 0)('the shared corpus (../shared/corpus; skipped where it is absent)', () => {
  let scene: ConversionScene
  const results = new Map<string, CorpusResult>()
  let decree = ''
  beforeAll(async () => {
    scene = await conversionScene()
    // The one that keeps LibreOffice busy until its time is over comes first, beside all others.
    const first = (file: string) => (file.includes('poc-shared-strings') ? 0 : 1)
    const all = [...wanted].sort((a, b) => first(a.file) - first(b.file))
    for (const result of await inLanes(all, 2, line => tried(line, scene.conversion, async pdf => {
      if (line.file === 'vi/nghi-dinh-30-2020-ND-CP.docx') decree = (await pdfText(pdf)).text
    }))) results.set(result.file, result)
    // Minutes on a quiet machine; on a busy one nothing is wrong but the machine.
  }, 1_200_000)
  afterAll(() => scene.stop())

  test.each(wanted.filter(({ expected }) => /^(?:accept|convert)/.test(expected) && !/refuse/.test(expected)))('$file becomes a paper with its pages', ({ file, pages, expected }) => {
    const result = results.get(file)
    expect(result?.refused).toBeNull()
    const promised = Number(/(\d+) (?:pages?|slides?)/.exec(expected)?.[1] ?? pages)
    // On how many pages a wide sheet is cut depends on the fonts of the machine; every other count is the file's own.
    if (promised > 0 && file.endsWith('58896.xlsx')) expect(result?.pagesMade).toBeGreaterThan(promised / 2)
    else if (promised > 0) expect(result?.pagesMade).toBe(promised)
    if (/image-only/.test(expected)) expect(result?.hasText).toBe(false)
  })

  test.each(wanted.filter(({ expected }) => expected.startsWith('refuse') && !/ or /.test(expected)))('$file is refused: $expected', ({ file, expected }) => {
    const pattern = reasons.find(([asked]) => asked.test(expected))?.[1]
    expect(pattern, 'this test knows which refusal that is').toBeDefined()
    expect(results.get(file)?.refused).toMatch(pattern as RegExp)
  })

  test.each(wanted.filter(({ expected }) => /refuse/.test(expected) && / or /.test(expected)))('$file is one or the other: $expected', ({ file }) => {
    const result = results.get(file)
    expect((result?.refused === null) !== (result?.pagesMade === null)).toBe(true)
  })

  test.skipIf(!libreOffice)('a word of a converted decree is found wherever it stands (fonts decide that)', () => {
    expect(decree.toLowerCase().replace(/\s+/g, ' ').split('nghị định').length - 1).toBeGreaterThanOrEqual(39)
  })
})

describe('the papers of the demo', async () => {
  const folder = join(import.meta.dirname, '../../../server/demo/papers')
  test.each((await readdir(folder)).map(name => ({ name })))('$name is accepted', async ({ name }) =>
    expect(await inspectPdf(join(folder, name), { limit: 200_000_000, name: basename(name) })).toMatchObject({ pages: expect.any(Number) }))
})
