/** Whether this hub has video. Everything else works in each of these states. */
export type MediaAvailability =
  /** Nobody has asked for the worker yet, or video is off (`MEDIA=off`). */
  | { state: 'absent' }
  /** One that is there is being tried. */
  | { state: 'starting' }
  /** The prebuilt worker is being downloaded. */
  | { state: 'fetching' }
  /** Debian packages that the build needs are being installed. */
  | { state: 'installing'; packages: readonly string[] }
  /** `done` of `total` files are compiled. */
  | { state: 'building'; done: number; total: number }
  | { state: 'ready'; from: WorkerOrigin }
  | MediaFailed

/** Where the worker came from: named by `MEDIASOUP_WORKER_BIN`, found in the cache, downloaded, compiled here. */
export type WorkerOrigin = 'given' | 'cached' | 'downloaded' | 'built'

export interface MediaFailed {
  state: 'failed'
  reason: MediaFailure
  /** With `packages`: what has to be installed. */
  packages: readonly string[]
  /** What the program that failed said last; for the log and the technician, in its own language. */
  detail: string
}

/**
 * `given`: what `MEDIASOUP_WORKER_BIN` names does not start. `missing`: there is none, and `MEDIA=present` allows no other.
 * `packages`: Debian packages are missing. `install`: they could not be installed. `platform`: it can be built on Linux only.
 * `sources`: mediasoup's sources are others than those this build knows. `build`: it did not compile. `start`: it does not start.
 * `unreachable`: no media process that `MEDIA_NODES` names answers; `detail`: which.
 */
export type MediaFailure = 'given' | 'missing' | 'packages' | 'install' | 'platform' | 'sources' | 'build' | 'start' | 'unreachable'
