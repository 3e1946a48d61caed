import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { openConversion } from '../../../server/papers/conversion/conversion.ts'
import { sniff } from '../../../server/papers/conversion/sniff.ts'
import { compare, type Figure } from '../figure.ts'

const run = promisify(execFile)
const files = new URL('./files/', import.meta.url).pathname
const officeFolder = '/usr/lib/libreoffice/program'
const repeats = 3

/** Twenty office files of one meeting, from the first byte to the last PDF: our converters, started cold, beside one `soffice --convert-to` per file. */
export async function conversion(): Promise<Figure> {
  const names = (await readdir(files)).sort()
  const twenty = [...names, ...names].map(name => join(files, name))
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await oursFor(twenty))
    theirs.push(await theirsFor(twenty))
  }
  return compare('20 office files become PDF', 's', ours, theirs, { atMost: 0.4 }, 'beside one soffice --convert-to per file; ours with sandbox, limits and a fresh start each time')
}

async function oursFor(paths: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-bench-'))
  const began = performance.now()
  const converter = await openConversion({ folder, officeFolder, log: pino({ level: 'silent' }) })
  await Promise.all(paths.map(async path => {
    const kind = await sniff(path)
    if ('code' in kind || kind.form === 'pdf') throw new Error(`${path} is no office file`)
    const result = await converter.toPdf({ meetingId: 'bench', path, kind })
    if ('code' in result) throw new Error(`${path}: ${result.code}`)
  }))
  const took = (performance.now() - began) / 1000
  await converter.close()
  return took
}

async function theirsFor(paths: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-bench-'))
  // It has its profile already, as on a machine where it was used before.
  const convert = (path: string) => run('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', folder, path])
  await convert(paths[0] as string)
  const began = performance.now()
  for (const path of paths) {
    await convert(path)
    if (!existsSync(join(folder, basename(path).replace(/\.\w+$/, '.pdf')))) throw new Error(`${path}: soffice made nothing`)
  }
  const took = (performance.now() - began) / 1000
  await rm(folder, { recursive: true, force: true })
  return took
}
