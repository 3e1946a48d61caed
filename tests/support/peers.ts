/**
 * Other people's servers and libraries, for benches and the nightly tests: installed with npm into a cache folder on first use, said so, and left
 * out with a clear word where npm has no registry. The project itself never depends on them.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const source = fileURLToPath(new URL('../load/peers/', import.meta.url))

/** The folder that has the peers; null when they cannot be had. `install: false` only looks. */
export function peersFolder({ install }: { install: boolean }): string | null {
  const lock = readFileSync(join(source, 'package-lock.json'))
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'giao-ban', 'peers', createHash('sha256').update(lock).digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  if (!install) return null
  console.log(`installing the peers into ${folder} (npm, once)`)
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(source, file), join(making, file))
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making, encoding: 'utf8', timeout: 240_000 })
  if (status === 0) renameSync(making, folder)
  else {
    rmSync(making, { recursive: true, force: true })
    console.log(`the peers cannot be installed here (npm: ${stderr.trim().split('\n').at(-1) ?? 'no answer'}); without them there is nothing to compare with`)
  }
  return status === 0 ? folder : null
}

/** A peer's module, from the cache folder. */
export async function peerModule<T>(folder: string, name: string): Promise<T> {
  const found = createRequire(join(folder, 'package.json')).resolve(name)
  return await import(pathToFileURL(found).href) as T
}
