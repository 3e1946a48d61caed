import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What decides how the built worker comes out; a change of any of these is another worker. */
const recipe = ['recipe.ts', 'mend.ts', 'sources.ts', 'standins/srtp.h', 'standins/ankerl/unordered_dense.h']

/** Changes with the recipe by itself, so that nobody can forget to count it up. */
export function recipeRevision(read = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)))): string {
  const hash = createHash('sha256')
  for (const name of recipe) hash.update(name).update(read(name))
  return hash.digest('hex').slice(0, 8)
}

export interface WorkerKind { version: string; platform: string; arch: string; revision: string }

/** The name of the worker's own folder in the cache. */
export function workerKey({ version, platform, arch, revision }: WorkerKind): string {
  return `mediasoup-${version}-${platform}-${arch}-${revision}`
}

/** Where the worker of this kind lies, whether it is there or not. */
export function cachedWorker(cacheDir: string, kind: WorkerKind): string {
  return join(cacheDir, 'media-worker', workerKey(kind), 'mediasoup-worker')
}

/** A folder of one's own beside the worker's place: two that make it at once do not meet before the last step. */
export async function placeBeside(worker: string): Promise<string> {
  const folder = dirname(worker)
  await mkdir(folder, { recursive: true })
  await sweep(folder)
  return mkdtemp(join(folder, 'making-'))
}

/** Puts a finished worker in its place; whoever is running the one that was there goes on with it. */
export async function putInPlace(made: string, worker: string): Promise<void> {
  await rename(made, worker)
}

/** What builds that were killed have left. */
async function sweep(folder: string): Promise<void> {
  const hour = 3_600_000
  for (const name of await readdir(folder)) {
    if (!name.startsWith('making-')) continue
    const made = await stat(join(folder, name)).catch(() => null)
    if (made && Date.now() - made.mtimeMs > hour) await rm(join(folder, name), { recursive: true, force: true })
  }
}
