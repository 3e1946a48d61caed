/** From here on a vote is nearly over: said aloud, and shown so that it cannot be missed. Seconds. */
export const nearlyOver = 30

/** What is left of a vote that closes by itself. */
export interface Remaining {
  /** Whole seconds, never below 0. */
  seconds: number
  phase: 'calm' | 'near' | 'over'
}

/**
 * @param closesAt hub time; null: it stays open until somebody closes it
 * @param now hub time: a tablet's own clock may be minutes off
 */
export function remaining(closesAt: number | null, now: number): Remaining | null {
  if (closesAt === null) return null
  const seconds = Math.max(0, Math.ceil((closesAt - now) / 1000))
  return { seconds, phase: seconds === 0 ? 'over' : seconds <= nearlyOver ? 'near' : 'calm' }
}

/** "1:05", "0:09", "1:02:03". */
export function clockWords(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
