import type { MediaFailure } from '../../shared/contracts/media-availability.ts'

/** The worker cannot be had; `detail` is what the program that failed said last. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed'
  readonly reason: MediaFailure
  readonly packages: readonly string[]
  readonly detail: string
  constructor(reason: MediaFailure, detail = '', packages: readonly string[] = []) {
    super(detail || reason)
    this.reason = reason
    this.packages = packages
    this.detail = detail
  }
}
