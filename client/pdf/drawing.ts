import type { PDFPageProxy } from './engine.ts'

/**
 * Something of a page waiting to be drawn: the page, or a detail of it drawn finer than the whole page may be.
 * `draw` may be cancelled by its signal at any time and then rejects or resolves, either is fine.
 */
export interface Drawing { page: number; layer: 'page' | 'detail'; draw(signal: AbortSignal): Promise<void> }

/**
 * Draws one page at a time, the most wanted first: pages drawn side by side would all be late.
 * A page that nobody looks at gives way to one that somebody waits for.
 */
export class DrawingQueue {
  private waiting: Drawing[] = []
  private current: { drawing: Drawing; stop: AbortController } | null = null
  private order: number[] = []
  private visible = 0

  /** `order`: pages by how much they are wanted; the first `visible` of them are on the screen. */
  want(order: number[], visible: number): void {
    this.order = order
    this.visible = visible
    this.giveWay()
  }

  /** Replaces an earlier drawing of the same. */
  add(drawing: Drawing): void {
    this.drop(drawing.page, drawing.layer)
    this.waiting.push(drawing)
    this.giveWay()
    this.next()
  }

  /** Without `layer`: all of the page. */
  drop(page: number, layer?: Drawing['layer']): void {
    const meant = (drawing: Drawing): boolean => drawing.page === page && (layer === undefined || drawing.layer === layer)
    this.waiting = this.waiting.filter(drawing => !meant(drawing))
    if (this.current && meant(this.current.drawing)) this.current.stop.abort()
  }

  clear(): void {
    this.waiting = []
    this.current?.stop.abort()
  }

  /** Pages on the screen, then details of those, then pages around. */
  private rank({ page, layer }: Drawing): number {
    const at = this.order.indexOf(page)
    if (at === -1) return Number.MAX_SAFE_INTEGER
    return at < this.visible && layer === 'page' ? at - this.visible : at
  }

  private giveWay(): void {
    const running = this.current
    if (!running || this.rank(running.drawing) < 0 || running.stop.signal.aborted) return
    if (!this.waiting.some(drawing => this.rank(drawing) < 0)) return
    running.stop.abort()
    this.waiting.push(running.drawing)
  }

  private next(): void {
    if (this.current || this.waiting.length === 0) return
    this.waiting.sort((a, b) => this.rank(a) - this.rank(b))
    const drawing = this.waiting.shift() as Drawing
    const stop = new AbortController()
    this.current = { drawing, stop }
    // One page that cannot be drawn must not hold up the others; it says so in its own place.
    void drawing.draw(stop.signal).catch(() => {}).finally(() => {
      this.current = null
      this.next()
    })
  }
}

/** A part of a page in CSS pixels from its upper left corner. */
export interface Part { x: number; y: number; width: number; height: number }

interface Size {
  /** CSS pixels per point. */
  scale: number
  /** Device pixels per CSS pixel. */
  pixelRatio: number
}

/** Draws `page`, or only `part` of it, on `canvas`, whose size is set to match. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, { scale, pixelRatio }: Size, signal: AbortSignal, part?: Part): Promise<void> {
  const viewport = page.getViewport({ scale: scale * pixelRatio })
  canvas.width = Math.max(1, Math.floor(part ? part.width * pixelRatio : viewport.width))
  canvas.height = Math.max(1, Math.floor(part ? part.height * pixelRatio : viewport.height))
  const task = page.render({ canvas, viewport, ...(part ? { transform: [1, 0, 0, 1, -part.x * pixelRatio, -part.y * pixelRatio] } : {}) })
  const cancel = (): void => task.cancel()
  signal.addEventListener('abort', cancel)
  try {
    await task.promise
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Gives a canvas's memory back now: Safari keeps it until the next garbage collection otherwise. */
export function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
  canvas.remove()
}
