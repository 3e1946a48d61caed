import type { Transport } from 'mediasoup-client/types'
import type { MediaLine } from '../connection/media-line.ts'

/** A connection that only stutters comes back by itself within this; then a new way is looked for. */
const stutterMs = 1_200
/** So long a new way is waited for, and so many are tried before all is made anew. */
const mendingMs = 6_000
const tries = 3

/**
 * Keeps the way of one transport open. When the network changes (another access point, cable to mobile) ICE is restarted: the media goes on over the
 * new way as it is, nothing is negotiated anew. `giveUp`: that did not help, or the hub knows nothing of it any more.
 */
export class Path {
  readonly #transport: Transport
  readonly #line: MediaLine
  readonly #giveUp: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #tried = 0
  #restarting = false

  constructor(transport: Transport, line: MediaLine, giveUp: () => void) {
    this.#transport = transport
    this.#line = line
    this.#giveUp = giveUp
    transport.on('connectionstatechange', (state) => {
      clearTimeout(this.#timer)
      if (state === 'connected') this.#tried = 0
      else if (state === 'disconnected') this.#timer = setTimeout(() => void this.mend(), stutterMs)
      else if (state === 'failed') void this.mend()
    })
  }

  /** Looks for a new way now. */
  async mend(): Promise<void> {
    // What was never used has no way yet.
    if (this.#restarting || this.#transport.closed || this.#transport.connectionState === 'new') return
    clearTimeout(this.#timer)
    if (this.#tried >= tries) return this.#giveUp()
    this.#restarting = true
    this.#tried += 1
    const answer = await this.#line.request('media:restartIce', { transportId: this.#transport.id })
    if (answer.ok && !this.#transport.closed) await this.#transport.restartIce({ iceParameters: answer.data.iceParameters }).catch(() => undefined)
    this.#restarting = false
    if (this.#transport.closed) return
    // Without the line nothing can be asked; whoever comes back on it joins anew.
    if (!answer.ok && answer.refusal) return this.#giveUp()
    if (this.#line.connected) this.#timer = setTimeout(() => this.#transport.connectionState !== 'connected' && void this.mend(), mendingMs)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#transport.close()
  }
}
