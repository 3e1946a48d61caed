import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectDir = fileURLToPath(new URL('../..', import.meta.url))
export const clientDist = join(projectDir, 'client/dist')

/** Outside of what is served. */
const mark = join(projectDir, 'node_modules/.cache/giao-ban/client-build')

/** Everything the built client depends on: its sources, what it shares with the hub, and the exact libraries. */
export function sourceFingerprint(): string {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', ...filesIn('shared'), ...filesIn('client')]) {
    hash.update(`${file}\0`).update(readFileSync(join(projectDir, file))).update('\0')
  }
  return hash.digest('hex')
}

function filesIn(folder: string): string[] {
  return readdirSync(join(projectDir, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return folder === 'client' && entry.name.startsWith('dist') ? [] : filesIn(path)
    return entry.isFile() ? [path] : []
  })
}

/** The fingerprint of the last build, or null. */
export function builtFingerprint(): string | null {
  try {
    readFileSync(join(clientDist, 'index.html'))
    return readFileSync(mark, 'utf8')
  } catch {
    return null
  }
}

export function rememberBuild(fingerprint: string): void {
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, fingerprint)
}
