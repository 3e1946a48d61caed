import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectPdf } from '../../../server/papers/inspect.ts'

const root = join(import.meta.dirname, '../../..')
const corpus = join(root, '../shared/corpus')
const manifest = join(corpus, 'MANIFEST.tsv')

interface Line { file: string; pages: string; expected: string }

function lines(): Line[] {
  if (!existsSync(manifest)) return []
  const [, ...rows] = readFileSync(manifest, 'utf8').trim().split('\n').map(row => row.split('\t'))
  return rows.map(row => ({ file: row[0] ?? '', pages: row[4] ?? '', expected: row[10] ?? '' }))
}

const inspect = (path: string) => inspectPdf(path, { limit: 200_000_000, name: basename(path) })

describe.skipIf(!existsSync(manifest))('the shared corpus (../shared/corpus; skipped where it is absent)', () => {
  const pdfs = lines().filter(({ file }) => file.endsWith('.pdf'))
  test.each(pdfs.filter(({ expected }) => expected.startsWith('accept') || expected.startsWith('convert')))(
    '$file is accepted with its pages', async ({ file, pages }) => expect(await inspect(join(corpus, file))).toMatchObject({ pages: Number(pages) }))

  test.each(pdfs.filter(({ expected }) => expected.startsWith('refuse')))('$file is refused', async ({ file, pages }) => {
    const result = await inspect(join(corpus, file))
    expect(result).toHaveProperty('code')
    if (pages === 'password') expect(result).toEqual({ code: 'papers.encrypted' })
  })

  test.each(lines().filter(({ file }) => !file.endsWith('.pdf')))('$file is no PDF', async ({ file }) =>
    expect(await inspect(join(corpus, file))).toEqual({ code: 'papers.notPdf' }))
})

describe('the papers of the demo', async () => {
  const folder = join(root, 'server/demo/papers')
  test.each((await readdir(folder)).map(name => ({ name })))('$name is accepted', async ({ name }) =>
    expect(await inspect(join(folder, name))).toMatchObject({ pages: expect.any(Number) }))
})
