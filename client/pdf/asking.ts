/** A network out of reach swallows what is sent and says nothing: after so many milliseconds without a byte it is asked anew. */
const silence = 20_000

/** One request: it ends with the delivery, when the hub is silent for too long, or when it is not needed any more. */
export class Asking {
  private readonly stopping: AbortSignal
  private readonly abort = new AbortController()
  private readonly stop = (): void => this.end('stopped')
  private timer: ReturnType<typeof setTimeout> | undefined
  ended: 'kept' | 'silent' | 'stopped' | null = null

  constructor(stopping: AbortSignal) {
    this.stopping = stopping
    stopping.addEventListener('abort', this.stop)
    if (stopping.aborted) this.stop()
    this.heard()
  }

  get signal(): AbortSignal { return this.abort.signal }

  heard(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.end('silent'), silence)
  }

  end(reason: 'kept' | 'silent' | 'stopped'): void {
    this.ended ??= reason
    this.abort.abort()
  }

  done(): void {
    clearTimeout(this.timer)
    this.stopping.removeEventListener('abort', this.stop)
  }
}
