/** One line of `npm run bench`: ours beside a peer or a limit, taken in one interleaved run. */
export interface Figure {
  name: string
  /** What was measured, in `unit`: the median of the repeats. */
  ours: number
  /** The peer's median in the same run, or the limit itself where the issue names one. */
  reference: number
  unit: 'ms' | 's' | 'µs' | 'B' | 'kB' | 'MB' | 'per second' | 'per minute' | '%'
  /** ours / reference. */
  ratio: number
  /** Smallest and largest of ours, in `unit`. */
  spread: [number, number]
  /** The promise, in words: "ratio ≤ 1.15". */
  limit: string
  met: boolean
  note: string
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** Two columns of repeats as a figure. `atMost`/`atLeast` bound the ratio of the medians; null: told for comparison, without a promise. */
export function compare(
  name: string, unit: Figure['unit'], ours: readonly number[], reference: readonly number[],
  bound: { atMost: number } | { atLeast: number } | null, note = '',
): Figure {
  // Nothing beside nothing is the same.
  const ratio = median(ours) === median(reference) ? 1 : median(ours) / median(reference)
  const met = bound === null || ('atMost' in bound ? ratio <= bound.atMost : ratio >= bound.atLeast)
  const limit = bound === null ? 'for comparison' : 'atMost' in bound ? `ratio ≤ ${bound.atMost}` : `ratio ≥ ${bound.atLeast}`
  return { name, ours: median(ours), reference: median(reference), unit, ratio, spread: [Math.min(...ours), Math.max(...ours)], limit, met, note }
}

/** Repeats against a fixed limit. */
export function withinLimit(name: string, unit: Figure['unit'], ours: readonly number[], limit: number, note = ''): Figure {
  const middle = median(ours)
  return {
    name, ours: middle, reference: limit, unit, ratio: middle / limit, spread: [Math.min(...ours), Math.max(...ours)],
    limit: `≤ ${limit} ${unit}`, met: middle <= limit, note,
  }
}
