import { existsSync } from 'node:fs'
import type { MediaAvailability, WorkerOrigin } from '../../shared/contracts/media-availability.ts'
import { buildWorker } from './building.ts'
import { WorkerFailed } from './failure.ts'
import { installPackages } from './installing.ts'
import { installedMediasoup, workerPlace } from './mediasoup.ts'
import { canInstall, missingPackages } from './packages.ts'
import { downloadWorker, prebuiltUrl } from './prebuilt.ts'
import { workerStarts } from './starting.ts'

export interface Wish {
  /** `MEDIASOUP_WORKER_BIN`: this one and no other. */
  given: string | null
  /** Where workers are kept, outside node_modules. */
  cacheDir: string
  /** Take what is there, neither download nor build. */
  presentOnly: boolean
  /** Where prebuilt workers are; null for mediasoup's own releases. */
  prebuiltBase: string | null
  /** Debian packages may be installed, where `canInstall`. */
  mayInstall: boolean
  /** Others on this machine come first while it is being built. */
  nice: boolean
  signal?: AbortSignal | undefined
  onState(state: MediaAvailability): void
  /** Told why a way was left for the next one. */
  onWhy(why: string): void
}

export interface Obtained { program: string; from: WorkerOrigin }

/**
 * A worker that starts: the one that is named, else the one in the cache, else mediasoup's prebuilt one, else one built here.
 * @throws WorkerFailed when there is no way
 */
export async function obtainWorker(wish: Wish): Promise<Obtained> {
  const { given, cacheDir, signal, onState, onWhy } = wish
  if (given !== null) {
    const trouble = await workerStarts(given)
    if (trouble !== null) throw new WorkerFailed('given', trouble)
    return { program: given, from: 'given' }
  }
  const program = workerPlace(cacheDir)
  if (existsSync(program)) {
    // After an upgrade of Debian its libraries can be others.
    const trouble = await workerStarts(program)
    if (trouble === null) return { program, from: 'cached' }
    onWhy(`the worker in the cache does not start: ${trouble}`)
  }
  if (wish.presentOnly) throw new WorkerFailed('missing')

  const { folder, version } = installedMediasoup()
  onState({ state: 'fetching' })
  const url = prebuiltUrl(version, wish.prebuiltBase === null ? {} : { base: wish.prebuiltBase })
  const trouble = await downloadWorker({ url, worker: program, signal })
  if (trouble === null) return { program, from: 'downloaded' }
  onWhy(`no prebuilt worker from ${url}: ${trouble}`)

  if (process.platform !== 'linux') throw new WorkerFailed('platform', trouble)
  await havePackages(wish)
  await buildWorker({ mediasoupDir: folder, worker: program, signal, nice: wish.nice, onProgress: (done, total) => onState({ state: 'building', done, total }) })
  return { program, from: 'built' }
}

async function havePackages({ mayInstall, signal, onState }: Wish): Promise<void> {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (!mayInstall || !canInstall()) throw new WorkerFailed('packages', '', missing)
  onState({ state: 'installing', packages: missing })
  await installPackages(missing, signal)
  const still = missingPackages()
  if (still.length > 0) throw new WorkerFailed('install', '', still)
}
