import { Asking } from './asking.ts'
import { ByteStore, type ByteRange } from './byteStore.ts'
import { keptBytes, onKeptIn } from './keptPapers.ts'

/** The hub answered, and the answer is no: repeating the request would not help. `status` is HTTP's, or 0 when the file is not the one expected. */
export class PaperRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`paper refused: ${status}`)
    this.status = status
  }
}

export interface DeliveryEvents {
  /** Bytes of the paper that have arrived, each counted once. */
  onProgress(loaded: number): void
  /** The line is dead (true) or carries again (false). Requests are repeated meanwhile. */
  onStall(stalled: boolean): void
  onRefused(refusal: PaperRefused): void
}

interface Want extends ByteRange { resolve(bytes: Uint8Array<ArrayBuffer>): void }

/** At its end a file has its table of contents and, from most programs, its fonts; at its head page 1. */
const tailBytes = 160 * 1024
const headBytes = 256 * 1024
/** Holes this small between two wanted parts are fetched along: a request costs a round trip. */
const worthJoining = 32 * 1024
const smallestPiece = 128 * 1024
const largestPiece = 4 * 1024 * 1024
/** What is asked for must not wait long behind what is fetched for later. */
const pieceSeconds = 0.6
const retryDelays = [500, 1000, 2000, 4000, 8000]

/**
 * Brings one paper over a line that may be slow or break. What the engine wants is fetched at once, in as few requests
 * as possible; the rest follows in pieces while nothing is wanted, so that the paper can be read without a network.
 *
 * pdf.js could fetch for itself, but its full stream competes with the ranges it wants, and it gives up when the
 * network does.
 */
export class PaperDelivery {
  private readonly size: number
  private readonly url: string
  private readonly events: DeliveryEvents
  private readonly store: ByteStore
  private readonly stopping = new AbortController()
  private wants: Want[] = []
  private readonly underWay = new Set<ByteRange>()
  private readonly arrivals = new Set<() => void>()
  private handedOver = 0
  private loaded = 0
  private pieceSize = smallestPiece
  private gathering = false
  private failures = 0

  constructor(url: string, size: number, events: DeliveryEvents) {
    this.url = url
    this.size = size
    this.events = events
    this.store = new ByteStore(size)
  }

  /** Asks for the end of the file, where every reading begins, before anyone knows what is in it. */
  fetchTail(): void {
    void this.fetchRange({ begin: Math.max(0, this.size - tailBytes), end: this.size })
  }

  /** Asks for its beginning. */
  fetchHead(): void {
    const [range] = this.store.missing(0, Math.min(headBytes, Math.max(0, this.size - tailBytes)))
    if (range) void this.fetchRange(range)
  }

  /** The bytes [begin, end), as soon as they can be had. Waits through network failures; never settles once stopped or refused. */
  want(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Promise(resolve => {
      this.wants.push({ begin, end, resolve })
      this.answer()
      if (this.gathering) return
      this.gathering = true
      // The engine asks for several parts in one go; one round trip serves them all.
      setTimeout(() => {
        this.gathering = false
        for (const range of this.unasked()) void this.fetchRange(range)
      })
    })
  }

  /**
   * Fetches everything else and gives it to `sink` in order, in multiples of `step` bytes; resolves when all of it is there.
   * What was given away is not kept here as well.
   */
  async fetchRest(step: number, sink: (bytes: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    const handOver = (): void => {
      const reach = this.store.reachFrom(this.handedOver)
      const end = reach === this.size ? reach : reach - reach % step
      if (end <= this.handedOver) return
      sink(this.store.read(this.handedOver, end))
      this.handedOver = end
      // What somebody waits for must be there whole in the moment that its last byte comes.
      this.store.forgetBefore(Math.min(end, ...this.wants.map(({ begin }) => begin)))
    }
    this.arrivals.add(handOver)
    handOver()
    while (this.handedOver < this.size && !this.stopping.signal.aborted) {
      if (this.wants.length > 0 || this.underWay.size > 0) {
        await this.nextArrival()
        continue
      }
      const hole = this.store.missing(this.handedOver, this.size)[0]
      if (!hole) break
      const began = performance.now()
      const range = { begin: hole.begin, end: Math.min(hole.end, hole.begin + this.pieceSize) }
      await this.fetchRange(range)
      const seconds = (performance.now() - began) / 1000
      const ideal = (range.end - range.begin) / seconds * pieceSeconds
      this.pieceSize = Math.round(Math.min(largestPiece, Math.max(smallestPiece, Math.min(ideal, this.pieceSize * 2))))
    }
    this.arrivals.delete(handOver)
  }

  stop(): void {
    this.stopping.abort()
    this.wants = []
    this.arrived()
  }

  private nextArrival(): Promise<void> {
    return new Promise(resolve => {
      const once = (): void => {
        this.arrivals.delete(once)
        resolve()
      }
      this.arrivals.add(once)
    })
  }

  /** What is wanted, not there and not on its way, with small holes closed. */
  private unasked(): ByteRange[] {
    const ranges = this.wants
      .flatMap(({ begin, end }) => this.store.missing(begin, end))
      .flatMap(range => [...this.underWay].reduce<ByteRange[]>((parts, asked) => parts.flatMap(part => without(part, asked)), [range]))
      .sort((a, b) => a.begin - b.begin)
    const joined: ByteRange[] = []
    for (const range of ranges) {
      const last = joined.at(-1)
      if (last && range.begin - last.end <= worthJoining) last.end = Math.max(last.end, range.end)
      else joined.push({ ...range })
    }
    return joined
  }

  private answer(): void {
    const open = this.wants
    this.wants = open.filter(({ begin, end }) => this.store.missing(begin, end).length > 0)
    for (const want of open) if (!this.wants.includes(want)) want.resolve(this.store.read(want.begin, want.end))
  }

  private arrived(): void {
    this.answer()
    for (const listener of [...this.arrivals]) listener()
  }

  private async fetchRange(range: ByteRange): Promise<void> {
    const rest = { ...range }
    this.underWay.add(rest)
    try {
      while (rest.begin < rest.end && !this.stopping.signal.aborted) {
        try {
          await this.fetchOnce(rest)
          this.failures = 0
        } catch (error) {
          if (this.stopping.signal.aborted) return
          if (error instanceof PaperRefused) {
            this.events.onRefused(error)
            this.stop()
            return
          }
          this.events.onStall(true)
          await this.pause(retryDelays[Math.min(this.failures++, retryDelays.length - 1)] as number)
        }
      }
    } finally {
      this.underWay.delete(rest)
      this.arrived()
    }
  }

  /** Moves `rest.begin` on with every byte that arrives, so that a broken answer is continued and not repeated. */
  private async fetchOnce(rest: ByteRange): Promise<void> {
    const store = keptBytes(this.url)
    const kept = await store?.read(rest.begin, rest.end)
    if (kept instanceof Uint8Array) return this.take(rest, rest.begin, kept)
    const end = kept ?? rest.end
    // What lies behind a hole does not wait for it: without a network it would wait for ever.
    for (let at = end; store && at < rest.end;) {
      const found = await store.read(at, rest.end)
      if (found instanceof Uint8Array) this.take({ begin: at, end: at + found.length }, at, found)
      at = found instanceof Uint8Array ? at + found.length : found
    }
    const asking = new Asking(this.stopping.signal)
    // The store opens a moment after the page; what it has need not come over a network that may be silent.
    const stopListening = onKeptIn(() => {
      void keptBytes(this.url)?.read(rest.begin, rest.end).then(found => { if (found instanceof Uint8Array) asking.end('kept') })
    })
    store?.busy(true)
    try {
      await this.fetchFromHub(rest, end, asking)
    } catch (error) {
      if (asking.ended !== 'kept') throw error
    } finally {
      store?.busy(false)
      stopListening()
      asking.done()
    }
  }

  private async fetchFromHub(rest: ByteRange, end: number, asking: Asking): Promise<void> {
    const response = await fetch(this.url, {
      headers: { Range: `bytes=${rest.begin}-${end - 1}` },
      credentials: 'same-origin',
      // What is kept on this device is sealed (client/offline); the browser's own store would keep it in clear.
      cache: globalThis.isSecureContext ? 'no-store' : 'default',
      signal: asking.signal,
    })
    asking.heard()
    if (response.status >= 500 || response.status === 429) throw new Error(`answer ${response.status}`)
    if (response.status !== 206 && response.status !== 200) throw new PaperRefused(response.status)
    const total = response.headers.get('Content-Range')?.split('/')[1]
    if (response.status === 206 && total !== undefined && Number(total) !== this.size) throw new PaperRefused(0)
    let at = response.status === 206 ? rest.begin : 0
    const reader = response.body?.getReader()
    for (;;) {
      const { value, done } = await (reader?.read() ?? { value: undefined, done: true })
      if (done || !value) break
      asking.heard()
      keptBytes(this.url)?.arrived(at, value)
      this.take(rest, at, value)
      at += value.length
      this.events.onStall(false)
    }
    if (rest.begin < end && at < end) throw new Error('answer ended early')
  }

  private take(rest: ByteRange, at: number, bytes: Uint8Array): void {
    const fresh = this.store.missing(Math.max(at, this.handedOver), Math.min(this.size, at + bytes.length))
      .reduce((sum, { begin, end }) => sum + Math.max(0, end - begin), 0)
    this.store.add(at, bytes)
    rest.begin = Math.max(rest.begin, Math.min(at + bytes.length, rest.end))
    this.loaded = Math.min(this.size, this.loaded + fresh)
    this.events.onProgress(this.loaded)
    this.arrived()
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const go = (): void => {
        clearTimeout(timer)
        removeEventListener('online', go)
        this.stopping.signal.removeEventListener('abort', go)
        resolve()
      }
      const timer = setTimeout(go, milliseconds)
      addEventListener('online', go)
      this.stopping.signal.addEventListener('abort', go)
    })
  }
}

function without(range: ByteRange, taken: ByteRange): ByteRange[] {
  if (taken.end <= range.begin || taken.begin >= range.end) return [range]
  return [
    ...(taken.begin > range.begin ? [{ begin: range.begin, end: taken.begin }] : []),
    ...(taken.end < range.end ? [{ begin: taken.end, end: range.end }] : []),
  ]
}
