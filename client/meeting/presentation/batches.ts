import { inkGrid, largestBatch, type InkBatch } from '../../../shared/meeting/presentation/pointing.ts'

type Stroke = Omit<InkBatch, 'from' | 'points' | 'done'>

/**
 * Cuts a stroke that is being drawn into batches. Each holds the points of the one before once more, as far as there is room: the line is
 * volatile, and the end of a stroke must not hang on one packet.
 */
export class StrokeBatches {
  readonly #stroke: Stroke
  readonly #points: number[] = []
  /** In points: what was sent for the first time with the last batch and with the one before it. */
  #sent = 0
  #sentBefore = 0

  constructor(stroke: Stroke) {
    this.#stroke = stroke
  }

  /** Every point so far, x, y, x, y … on the grid. */
  get points(): readonly number[] {
    return this.#points
  }

  /** @param x, y on the page, 0–1 */
  add(x: number, y: number): void {
    const [gridX, gridY] = [onGrid(x), onGrid(y)]
    if (this.#points.at(-2) !== gridX || this.#points.at(-1) !== gridY) this.#points.push(gridX, gridY)
  }

  /** The next batch; null when there is nothing new. `done`: the pen has been lifted, and the last batch is sent whatever is in it. */
  next(done = false): InkBatch | null {
    const count = this.#points.length / 2
    if (count === 0 || (count === this.#sent && !done)) return null
    const to = Math.min(count, this.#sent + largestBatch)
    const from = Math.max(0, Math.min(this.#sentBefore, to - 1), to - largestBatch)
    this.#sentBefore = this.#sent
    this.#sent = to
    return { ...this.#stroke, from, points: this.#points.slice(2 * from, 2 * to), done: done && to === count }
  }
}

function onGrid(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * inkGrid)
}
