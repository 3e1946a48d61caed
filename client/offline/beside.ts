import type { PaperContentsAnswer } from '../../shared/contracts/http/paper-contents.ts'
import type { PackagePaper } from '../../shared/contracts/http/package.ts'
import { Refused, type Whole } from './fetching.ts'
import type { Shelf } from './shelf.ts'

/** What is kept beside a paper's own bytes: its words and outline as the hub has read them, and the picture of its first page. */
const places = { contents: -1, picture: -2 } as const
export type BesideKind = keyof typeof places

type Chunks = Pick<Shelf, 'readChunk' | 'writeChunk' | 'forgetFile'>

export interface BesideEvents {
  /** The device refused to keep more. */
  onFull(): void
  /** What the hub was still reading is asked for again. */
  onAgain(): void
}

/** Milliseconds until the hub is asked again for what it has not read yet, longer each time. */
const patience = [3000, 5000, 10_000, 15_000, 30_000, 60_000]
/** So often a picture is asked for that the hub could not draw, because it was busy or because the page cannot be drawn. */
const triesOfPicture = 3

/** Small things, each fetched as a whole after the paper it belongs to; sealed with the file and deleted with it. */
export class Beside {
  readonly #shelf: Chunks
  readonly #held: Set<string>
  readonly #events: BesideEvents
  readonly #known = new Map<string, Whole>()
  /** How often the hub was asked for what it had not read yet. */
  readonly #asked = new Map<string, number>()
  readonly #asleep = new Map<string, ReturnType<typeof setTimeout>>()
  /** The hub has none of it. */
  readonly #absent = new Set<string>()
  #allowed: ReadonlySet<string> | null = null

  /** `held`: of each file, the places of what is kept. */
  constructor(shelf: Chunks, held: ReadonlyMap<string, readonly number[]>, events: BesideEvents) {
    this.#shelf = shelf
    this.#events = events
    this.#held = new Set([...held].flatMap(([sha256, indexes]) => indexes.map((index) => `${sha256} ${index}`)))
  }

  has(sha256: string, kind: BesideKind): boolean {
    return this.#held.has(`${sha256} ${places[kind]}`)
  }

  /** The next thing to bring for this paper; null when there is nothing, or nothing yet. */
  next({ sha256, address }: PackagePaper, taken: ReadonlySet<unknown>): Whole | null {
    for (const kind of ['contents', 'picture'] as const) {
      const id = `${sha256} ${kind}`
      if (this.has(sha256, kind) || this.#absent.has(id) || this.#asleep.has(id)) continue
      const whole = this.#known.get(id) ?? { bring: (signal: AbortSignal) => this.#bring(sha256, kind, addressOf(address, kind), signal) }
      this.#known.set(id, whole)
      if (!taken.has(whole)) return whole
    }
    return null
  }

  /** Null when it is not here, or does not open. */
  async contents(sha256: string): Promise<PaperContentsAnswer | null> {
    const bytes = this.has(sha256, 'contents') ? await this.#shelf.readChunk(sha256, places.contents) : null
    return bytes ? JSON.parse(new TextDecoder().decode(bytes)) as PaperContentsAnswer : null
  }

  async picture(sha256: string): Promise<Blob | null> {
    const bytes = this.has(sha256, 'picture') ? await this.#shelf.readChunk(sha256, places.picture) : null
    return bytes && new Blob([bytes], { type: 'image/webp' })
  }

  /** Everything of other files is deleted; what is on its way for them is not kept. */
  keepOnly(allowed: ReadonlySet<string>): void {
    this.#allowed = allowed
    for (const id of this.#held) if (!allowed.has(id.split(' ')[0] as string)) this.#held.delete(id)
  }

  end(): void {
    for (const timer of this.#asleep.values()) clearTimeout(timer)
  }

  async #bring(sha256: string, kind: BesideKind, address: string, signal: AbortSignal): Promise<void> {
    const id = `${sha256} ${kind}`
    // Past the browser's own store, which would keep it in clear.
    const response = await fetch(address, { credentials: 'same-origin', cache: 'no-store', signal })
    if (response.status >= 500 || response.status === 429) throw new Error(`answer ${response.status}`)
    if (!response.ok) {
      // No reason to doubt the paper.
      if (kind === 'picture' && (this.#asked.get(id) ?? 0) < triesOfPicture - 1) return this.#wait(id)
      this.#absent.add(id)
      if (kind === 'picture') return
      throw new Refused(response.status)
    }
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (kind === 'contents' && (JSON.parse(new TextDecoder().decode(bytes)) as PaperContentsAnswer).state === 'making') return this.#wait(id)
    const isAllowed = () => this.#allowed?.has(sha256) ?? true
    if (!isAllowed()) return
    try {
      await this.#shelf.writeChunk(sha256, places[kind], bytes)
      if (isAllowed()) this.#held.add(`${sha256} ${places[kind]}`)
      else await this.#shelf.forgetFile(sha256)
    } catch {
      this.#absent.add(id)
      this.#events.onFull()
    }
  }

  #wait(id: string): void {
    const times = this.#asked.get(id) ?? 0
    this.#asked.set(id, times + 1)
    this.#asleep.set(id, setTimeout(() => {
      this.#asleep.delete(id)
      this.#events.onAgain()
    }, patience[Math.min(times, patience.length - 1)]))
  }
}

/** Both stand beside the file's own address, `…/file?version=n`. */
function addressOf(file: string, kind: BesideKind): string {
  return kind === 'contents' ? file.replace('/file?', '/contents?') : file.replace('/file?', '/pages/1/picture?width=screen&')
}
