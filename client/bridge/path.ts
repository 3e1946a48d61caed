import type { Transport } from 'mediasoup-client/types'
import type { MediaLine } from '../connection/media-line.ts'
import { isDead, looked, lookAt, silence, type Standing } from './silence.ts'

/** A connection that only stutters comes back by itself within this; then a new way is looked for. */
const stutterMs = 1_200
/** So long the first new way is waited for, twice as long for each further one, and so many are tried before all is made anew. */
const mendingMs = 3_000
const tries = 3
/** How often is looked whether anything comes, and how long nothing may have come on a way whose neighbour is dead. */
const lookMs = 300
const neighbourMs = 1_000

/**
 * Keeps the way of one transport open. When the network changes (another access point, cable to mobile) ICE is restarted: the media goes on over the
 * new way as it is, nothing is negotiated anew. The browser itself calls a way dead only after 5 s and more: this looks for itself (`silence.ts`). `dead`: this
 * way is; `giveUp`: a new one did not help, or the hub knows nothing of it any more.
 */
export class Path {
  readonly #transport: Transport
  readonly #line: MediaLine
  readonly #dead: () => void
  readonly #giveUp: () => void
  readonly #looking: ReturnType<typeof setInterval>
  #standing: Standing | null = null
  #notBefore = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #tried = 0
  #restarting = false

  constructor(transport: Transport, line: MediaLine, { dead, giveUp }: { dead: () => void; giveUp: () => void }) {
    this.#transport = transport
    this.#line = line
    this.#dead = dead
    this.#giveUp = giveUp
    this.#looking = setInterval(() => void this.#look(), lookMs)
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
    const patience = mendingMs * 2 ** this.#tried
    this.#tried += 1
    this.#notBefore = performance.now() + patience
    const answer = await this.#line.request('media:restartIce', { transportId: this.#transport.id })
    if (answer.ok && !this.#transport.closed) await this.#transport.restartIce({ iceParameters: answer.data.iceParameters }).catch(() => undefined)
    this.#restarting = false
    if (this.#transport.closed) return
    // Without the line nothing can be asked; whoever comes back on it joins anew.
    if (!answer.ok && answer.refusal) return this.#giveUp()
    if (this.#line.connected) this.#timer = setTimeout(() => this.#transport.connectionState !== 'connected' && void this.mend(), patience)
  }

  /** Another way of this screen is dead: this one most likely too, if nothing comes by it either. */
  async mendIfSilent(): Promise<void> {
    if (this.#standing && silence(this.#standing) >= neighbourMs && performance.now() >= this.#notBefore) await this.mend()
  }

  async #look(): Promise<void> {
    if (this.#transport.connectionState !== 'connected') return void (this.#standing = null)
    const look = await this.#transport.getStats().then((report) => lookAt(report, performance.now()), () => null)
    if (!look || this.#transport.closed) return
    this.#standing = looked(this.#standing, look)
    if (silence(this.#standing) === 0) this.#tried = 0
    // Without the line the hub cannot be asked: looked at again when it is back.
    else if (isDead(this.#standing) && this.#line.connected && performance.now() >= this.#notBefore) this.#dead()
  }

  close(): void {
    clearInterval(this.#looking)
    clearTimeout(this.#timer)
    this.#transport.close()
  }
}
