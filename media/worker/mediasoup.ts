import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cachedWorker, recipeRevision } from './cache.ts'

/** The installed npm package: its folder, with the worker's C++ sources in `worker`, and its version. */
export interface InstalledMediasoup { folder: string; version: string }

/** @throws when mediasoup is not installed */
export function installedMediasoup(): InstalledMediasoup {
  // Its package.json is not among its exports: node/lib/index.js is what can be asked for.
  const folder = join(dirname(createRequire(import.meta.url).resolve('mediasoup')), '../..')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { folder, version }
}

/** Where the worker for the installed mediasoup lies in the cache, whether it is there or not. */
export function workerPlace(cacheDir: string): string {
  const { version } = installedMediasoup()
  return cachedWorker(cacheDir, { version, platform: process.platform, arch: process.arch, revision: recipeRevision() })
}
