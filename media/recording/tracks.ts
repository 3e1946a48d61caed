import type { JournalLine } from './journal.ts'

/** One file, as the journal and the file itself tell. */
export interface Track {
  file: string
  producerId: string
  voice: boolean
  /** When its first packet came, by this machine's clock. */
  startedAt: number
  /** What the file holds. */
  lengthMs: number
  /** Milliseconds of media in one of this machine's: the sender's clock. */
  rate: number
}

/** A clock that is wronger than this is no clock, but a network. */
const mostDrift = 0.002
/** Before so long nothing is known of it. */
const leastWatchedMs = 60_000

/** In the order in which they began. */
export function tracksOf(lines: readonly JournalLine[], lengths: Readonly<Record<string, number>>): Track[] {
  const tracks = lines.flatMap((line): Track[] => {
    if (line.kind !== 'track') return []
    const began = lines.find((one) => one.kind === 'began' && one.file === line.file)
    const lengthMs = lengths[line.file] ?? 0
    if (!began || lengthMs <= 0) return []
    const voice = line.source === 'microphone' || line.source === 'screenSound'
    return [{ file: line.file, producerId: line.producerId, voice, startedAt: began.at, lengthMs, rate: rateOf(lines, line.file, began.at) }]
  })
  return tracks.sort((a, b) => a.startedAt - b.startedAt)
}

/** Where in the file what came at this moment is. */
export function positionIn({ startedAt, rate }: Track, at: number): number {
  return (at - startedAt) * rate
}

function rateOf(lines: readonly JournalLine[], file: string, startedAt: number): number {
  const last = lines.filter((line) => line.kind === 'clock' && line.file === file).at(-1)
  if (last?.kind !== 'clock' || last.at - startedAt < leastWatchedMs) return 1
  const rate = last.mediaMs / (last.at - startedAt)
  return Math.abs(rate - 1) > mostDrift ? 1 : rate
}
