import type { Socket } from 'socket.io-client'
import type { MediaAnswers, MediaEvents, MediaRequests, MediaRequestType } from '../../shared/contracts/media.ts'
import type { RefusalAnswer } from '../../shared/contracts/refusal.ts'

type Told<T extends MediaRequestType> = T extends keyof MediaAnswers ? MediaAnswers[T] : unknown

/** `lost`: not answered in time, or the line is cut. */
export type MediaAnswer<T extends MediaRequestType> = { ok: true; data: Told<T> } | { ok: false; refusal: RefusalAnswer | null }

type Reply = { ok: true } | ({ ok: false } & RefusalAnswer)

/** Requests and events of the media room look alike on the wire; their types are checked here, where they are given. */
interface Wire {
  readonly connected: boolean
  timeout(milliseconds: number): { emit(type: string, data: unknown, answered: (error: Error | null, reply: Reply) => void): void }
  on(event: string, listener: (data: never) => void): void
  off(event: string, listener: (data: never) => void): void
}

/** The media room over the meeting's own line. Nothing is repeated: who comes back joins anew. */
export class MediaLine {
  readonly #wire: Wire
  readonly #patience: number

  constructor(socket: Socket, patience = 8000) {
    this.#wire = socket as unknown as Wire
    this.#patience = patience
  }

  get connected(): boolean {
    return this.#wire.connected
  }

  /** Never rejects. `refusal` null: nobody answered. */
  request<T extends MediaRequestType>(type: T, data: MediaRequests[T]): Promise<MediaAnswer<T>> {
    if (!this.#wire.connected) return Promise.resolve({ ok: false, refusal: null })
    return new Promise((resolve) => {
      this.#wire.timeout(this.#patience).emit(type, data, (error, reply) => {
        if (error) resolve({ ok: false, refusal: null })
        else resolve(reply.ok ? { ok: true, data: reply as unknown as Told<T> } : { ok: false, refusal: reply })
      })
    })
  }

  /** Returns what stops it. */
  on<E extends keyof MediaEvents>(event: E, listener: MediaEvents[E]): () => void {
    const heard = listener as unknown as (data: never) => void
    this.#wire.on(event, heard)
    return () => this.#wire.off(event, heard)
  }
}
