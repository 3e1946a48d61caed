import type { MediaRequests } from '../../shared/contracts/media.ts'
import { mediaLimits } from '../../shared/media/limits.ts'
import type { Source } from '../../shared/media/peer.ts'

type Wanted = MediaRequests['media:consume']

/** What is on this screen and how large. Many places change at once when a layout does: they are told together, and only when they differ. */
export class WantedPictures {
  readonly #send: (wanted: Wanted) => void
  readonly #places = new Map<symbol, Wanted['tiles'][number]>()
  #rest: Pick<Wanted, 'own' | 'saveData'> & { audioOnly: boolean } = { own: false, saveData: false, audioOnly: false }
  #timer: ReturnType<typeof setTimeout> | undefined
  #told = ''

  constructor(send: (wanted: Wanted) => void) {
    this.#send = send
  }

  /** A place on the screen, in its own pixels. */
  place(place: symbol, peerId: string, source: Source, width: number, height: number): void {
    this.#places.set(place, { peerId, source, width: Math.min(8192, Math.round(width)), height: Math.min(8192, Math.round(height)) })
    this.#soon()
  }

  gone(place: symbol): void {
    if (this.#places.delete(place)) this.#soon()
  }

  rest(rest: Partial<WantedPictures['restNow']>): void {
    this.#rest = { ...this.#rest, ...rest }
    this.#soon()
  }

  get restNow(): Pick<Wanted, 'own' | 'saveData'> & { audioOnly: boolean } {
    return this.#rest
  }

  /** After a new joining nothing is known of it. */
  again(): void {
    this.#told = ''
    this.#soon()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#places.clear()
    this.#told = ''
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(), 120)
  }

  #tell(): void {
    const { audioOnly, own, saveData } = this.#rest
    const largest = new Map<string, Wanted['tiles'][number]>()
    for (const tile of audioOnly ? [] : this.#places.values()) {
      const key = `${tile.peerId} ${tile.source}`
      const known = largest.get(key)
      if (!known || tile.width > known.width) largest.set(key, tile)
    }
    const wanted: Wanted = { tiles: [...largest.values()].slice(0, mediaLimits.tiles), own: own && !audioOnly, saveData }
    const told = JSON.stringify(wanted)
    if (told === this.#told) return
    this.#told = told
    this.#send(wanted)
  }
}
