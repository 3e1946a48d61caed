import type { PaperFile } from './paperFile.ts'

/** Something small that comes in one go and is not broken off to be continued. */
export interface Whole { bring(signal: AbortSignal): Promise<void> }

export type Fetched = { file: PaperFile; address: string } | { whole: Whole }
export type Taken = ReadonlySet<PaperFile | Whole>

export interface FetchingEvents {
  /** Something is done, or everything. */
  onChange(): void
  /** The hub says no to this file: what may be kept has changed. */
  onRefused(status: number): void
}

const smallestPiece = 128 * 1024
const largestPiece = 1024 * 1024
/** A vote that opens waits for no more than this. */
const pieceSeconds = 0.5
/** Of the time a piece took, the line is left to others so long. */
const restShare = 0.5
/** Bytes a second above which two files come at once. */
const goodLine = 200_000
const retryDelays = [1000, 2000, 4000, 8000, 15_000]

/**
 * Brings files one after the other in the order of the queue, on a good line two at a time, in pieces with a rest between them, and stops in
 * the middle of a piece when the line is needed. What has arrived is kept and not fetched again.
 */
export class Fetching {
  readonly #next: (taken: Taken) => Fetched | null
  readonly #events: FetchingEvents
  readonly #taken = new Set<PaperFile | Whole>()
  #allowed = false
  #ended = false
  #abort = new AbortController()
  #waiters: (() => void)[] = []
  #pieceSize = smallestPiece
  /** Bytes a second, as last measured. */
  #pace = 0
  #failures = 0

  /** `next`: the most urgent file that is not complete and not among those taken. */
  constructor(next: (taken: Taken) => Fetched | null, events: FetchingEvents) {
    this.#next = next
    this.#events = events
    void this.#work(true)
    void this.#work(false)
  }

  /** Whether the line may be used for this. What is under way is broken off when it may not. */
  allow(allowed: boolean): void {
    if (this.#allowed === allowed) return
    this.#allowed = allowed
    if (allowed) this.wake()
    else this.#abort.abort()
  }

  /** The queue has changed. */
  wake(): void {
    for (const go of this.#waiters.splice(0)) go()
  }

  end(): void {
    this.#ended = true
    this.#abort.abort()
    this.wake()
  }

  async #work(first: boolean): Promise<void> {
    while (!this.#ended) {
      const next = this.#allowed && (first || this.#pace > goodLine) ? this.#next(this.#taken) : null
      if (!next) {
        await new Promise<void>((go) => this.#waiters.push(go))
        continue
      }
      const what = 'whole' in next ? next.whole : next.file
      this.#taken.add(what)
      await this.#piece(next)
      this.#taken.delete(what)
      // The other one may wait for this file, and the second does not go on when the line has become poor.
      this.wake()
    }
  }

  async #piece(next: Fetched): Promise<void> {
    const range = 'whole' in next ? null : next.file.missing(this.#pieceSize)
    if (!range && 'file' in next) return
    if (this.#abort.signal.aborted) this.#abort = new AbortController()
    const began = performance.now()
    try {
      if ('whole' in next) await next.whole.bring(this.#abort.signal)
      else if (range) {
        await fetchRange(next.file, next.address, range, this.#abort.signal)
        await next.file.stored
        this.#measure(range.end - range.begin, performance.now() - began)
      }
      this.#failures = 0
      this.#events.onChange()
      await this.#pause((performance.now() - began) * restShare)
    } catch (error) {
      if (error instanceof Refused) {
        this.#events.onRefused(error.status)
        await this.#pause(5000)
      } else if (this.#allowed && !this.#ended) await this.#pause(retryDelays[Math.min(this.#failures++, retryDelays.length - 1)] as number)
    }
  }

  #measure(bytes: number, milliseconds: number): void {
    const seconds = Math.max(0.001, milliseconds / 1000)
    this.#pace = bytes / seconds
    this.#pieceSize = Math.round(Math.min(largestPiece, Math.max(smallestPiece, Math.min(this.#pace * pieceSeconds, this.#pieceSize * 2))))
    if (this.#pace > goodLine) this.wake()
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#abort.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      }, { once: true })
    })
  }
}

/** The hub says no. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`refused: ${status}`)
    this.status = status
  }
}

async function fetchRange(file: PaperFile, address: string, { begin, end }: { begin: number; end: number }, signal: AbortSignal): Promise<void> {
  // Past the browser's own store, which would keep the paper in clear.
  const response = await fetch(address, { headers: { Range: `bytes=${begin}-${end - 1}` }, credentials: 'same-origin', cache: 'no-store', signal })
  if (response.status >= 500 || response.status === 429) throw new Error(`answer ${response.status}`)
  if (response.status !== 206 || response.headers.get('etag') !== `"${file.sha256}"`) throw new Refused(response.status)
  const reader = response.body?.getReader()
  for (let at = begin; ;) {
    const { value, done } = await (reader?.read() ?? { value: undefined, done: true })
    if (done || !value) break
    file.arrived(at, value)
    at += value.length
  }
}
