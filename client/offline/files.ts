import type { MeetingPackage, PackageFile } from '../../shared/contracts/http/package.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import { PaperFile, type PaperFileEvents } from './paperFile.ts'
import type { Shelf } from './shelf.ts'

/** The files of a package, each once, however many papers have it. */
export class Files {
  readonly #shelf: Shelf
  readonly #events: PaperFileEvents
  readonly #bySha256 = new Map<string, PaperFile>()
  readonly #byAddress = new Map<string, PaperFile>()
  readonly #held: Map<string, number[]>

  constructor(shelf: Shelf, held: Map<string, number[]>, events: PaperFileEvents) {
    this.#shelf = shelf
    this.#held = held
    this.#events = events
  }

  at(address: string): PaperFile | null { return this.#byAddress.get(address) ?? null }
  of(sha256: string): PaperFile | null { return this.#bySha256.get(sha256) ?? null }
  get all(): PaperFile[] { return [...this.#bySha256.values()] }

  /** Takes up the hub's list. */
  list({ papers }: MeetingPackage): void {
    this.#byAddress.clear()
    for (const { earlier, ...paper } of papers) for (const file of [paper, ...earlier]) this.#take(file)
  }

  /** Deletes every file but these; the SHA-256 of those that were deleted. */
  async keepOnly(allowed: ReadonlySet<string>): Promise<string[]> {
    const gone = [...new Set([...this.#held.keys(), ...this.#bySha256.keys()])].filter((sha256) => !allowed.has(sha256))
    for (const sha256 of gone) {
      const file = this.#bySha256.get(sha256)
      this.#bySha256.delete(sha256)
      for (const [address, other] of this.#byAddress) if (other === file) this.#byAddress.delete(address)
      this.#held.delete(sha256)
      // What was on its way is stored first: else it would lie there after the deletion.
      await file?.stored
      await this.#shelf.forgetFile(sha256)
    }
    return gone
  }

  #take({ sha256, size, address }: PackageFile): void {
    const file = this.#bySha256.get(sha256) ?? new PaperFile(this.#shelf, sha256, size, this.#held.get(sha256) ?? [], this.#events)
    this.#bySha256.set(sha256, file)
    this.#byAddress.set(address, file)
  }
}

/** Every file that a list, or a view, allows to be here. */
export function listedFiles({ papers }: MeetingPackage): Set<string> {
  return new Set(papers.flatMap(({ sha256, earlier }) => [sha256, ...earlier.map((file) => file.sha256)]))
}

export function seenFiles(papers: Record<string, Paper>): Set<string> {
  return new Set(Object.values(papers).flatMap(({ sha256, earlier }) => [sha256, ...earlier.map((file) => file.sha256)]))
}
