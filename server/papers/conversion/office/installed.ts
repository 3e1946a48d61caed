import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { boxedCommand } from './command.ts'
import { writeProfile } from './profile.ts'

const run = promisify(execFile)

/** What converts office files on this machine. */
export interface OfficeInstallation {
  /** LibreOffice's program folder. */
  folder: string
  /** False where this machine does not allow namespaces: then limits and LibreOffice's own settings are all there is. */
  boxed: boolean
  /** Debian packages that would make it better: fonts in which Vietnamese can be searched. */
  advised: string[]
}

/** Debian packages without which no office file can be converted. */
export interface OfficeMissing { missing: string[] }

const parts: readonly [string, string][] = [
  ['libswlo.so', 'libreoffice-writer-nogui'],
  ['libsclo.so', 'libreoffice-calc-nogui'],
  ['libsdlo.so', 'libreoffice-impress-nogui'],
]

const found = new Map<string, Promise<OfficeInstallation | OfficeMissing>>()

/** Looks for LibreOffice in `folder`, and tries the box; once for each folder while the hub runs. */
export function findOffice(folder: string): Promise<OfficeInstallation | OfficeMissing> {
  const before = found.get(folder) ?? look(folder)
  found.set(folder, before)
  return before
}

async function look(folder: string): Promise<OfficeInstallation | OfficeMissing> {
  const missing = parts.filter(([file]) => !existsSync(join(folder, file))).map(([, name]) => name)
  if (!await run('/usr/bin/python3', ['-c', 'import uno'], { timeout: 20_000 }).then(() => true, () => false)) missing.push('python3-uno')
  if (missing.length > 0 || !existsSync(join(folder, 'soffice.bin'))) return { missing: missing.length > 0 ? missing : parts.map(([, name]) => name) }
  const advised = existsSync('/usr/share/fonts/truetype/liberation2') ? [] : ['fonts-liberation2']
  return { folder, boxed: await boxWorks(folder), advised }
}

async function boxWorks(folder: string): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'giao-ban-box-'))
  try {
    await writeProfile(work)
    const [program, ...args] = boxedCommand(work, folder, ['/usr/bin/true']) as [string, ...string[]]
    await run(program, args, { timeout: 10_000, env: {} })
    return true
  } catch {
    return false
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
