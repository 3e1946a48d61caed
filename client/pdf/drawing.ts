import type { PDFPageProxy } from './engine.ts'

/**
 * Something of a page waiting to be drawn: the page, or a detail of it drawn finer than the whole page may be.
 * `draw` may be cancelled by its signal at any time and then rejects or resolves, either is fine.
 */
export interface Drawing { page: number; layer: 'page' | 'detail'; draw(signal: AbortSignal): Promise<void> }

interface Running { drawing: Drawing; stop: AbortController; /** It waits for something, most likely for bytes that have not arrived. */ stuck: boolean }

/** Milliseconds after which a drawing counts as stuck, and how many may be under way then. */
const patience = 1500
const mostRunning = 3

/**
 * Draws one page at a time, the most wanted first: pages drawn side by side would all be late.
 * A page that nobody looks at gives way to one that somebody waits for, and one whose bytes do not come holds up no other on the screen.
 */
export class DrawingQueue {
  private waiting: Drawing[] = []
  private readonly running = new Set<Running>()
  private order: number[] = []
  private visible = 0

  /** `order`: pages by how much they are wanted; the first `visible` of them are on the screen. */
  want(order: number[], visible: number): void {
    this.order = order
    this.visible = visible
    this.giveWay()
    this.next()
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
    for (const { drawing, stop } of this.running) if (meant(drawing)) stop.abort()
  }

  clear(): void {
    this.waiting = []
    for (const { stop } of this.running) stop.abort()
  }

  /** Pages on the screen, then details of those, then pages around. */
  private rank({ page, layer }: Drawing): number {
    const at = this.order.indexOf(page)
    if (at === -1) return Number.MAX_SAFE_INTEGER
    return at < this.visible && layer === 'page' ? at - this.visible : at
  }

  private giveWay(): void {
    if (!this.waiting.some(drawing => this.rank(drawing) < 0)) return
    for (const { drawing, stop } of this.running) {
      if (this.rank(drawing) < 0 || stop.signal.aborted) continue
      stop.abort()
      this.waiting.push(drawing)
    }
  }

  private next(): void {
    if (this.waiting.length === 0 || this.running.size >= mostRunning) return
    if ([...this.running].some(({ stuck }) => !stuck)) return
    this.waiting.sort((a, b) => this.rank(a) - this.rank(b))
    if (this.running.size > 0 && this.rank(this.waiting[0] as Drawing) >= 0) return
    const drawing = this.waiting.shift() as Drawing
    const mine: Running = { drawing, stop: new AbortController(), stuck: false }
    this.running.add(mine)
    const waited = setTimeout(() => {
      mine.stuck = true
      this.next()
    }, patience)
    // One page that cannot be drawn must not hold up the others; it says so in its own place.
    void drawing.draw(mine.stop.signal).catch(() => {}).finally(() => {
      clearTimeout(waited)
      this.running.delete(mine)
      this.next()
    })
  }
}

/** A part of a page in CSS pixels from its upper left corner. */
export interface Part { x: number; y: number; width: number; height: number }

export interface Size {
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
