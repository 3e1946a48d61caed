/** `npm run papers:table`: tries every file of the corpus and writes docs/papers.md. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openConversion } from '../../../server/papers/conversion/conversion.ts'
import { corpusLines, corpusPage, inLanes, tried } from './corpus.ts'

const lines = corpusLines()
if (lines.length === 0) throw new Error('../shared/corpus is not there')
const folder = await mkdtemp(join(tmpdir(), 'giao-ban-table-'))
const conversion = await openConversion({ folder, officeFolder: process.env.OFFICE_DIR ?? '/usr/lib/libreoffice/program', log: pino({ level: 'silent' }) })
const results = await inLanes(lines, 2, line => tried(line, conversion))
await conversion.close()
await rm(folder, { recursive: true, force: true })
await writeFile(new URL('../../../docs/papers.md', import.meta.url), corpusPage(results))
