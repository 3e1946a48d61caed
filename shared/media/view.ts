import type { TransportParameters } from '../contracts/media.ts'

/**
 * What a player that is no browser page of ours takes: one voice or one picture in each of its places, which are fixed when it comes. What goes through
 * them changes with the stage, and the player notices nothing. In the numbers that the player has given.
 */
export interface ViewPlace {
  mid: string
  kind: 'audio' | 'video'
  mimeType: string
  payloadType: number
  clockRate: number
  channels: number | null
  parameters: Record<string, string | number>
  feedback: { type: string; parameter: string }[]
}

export interface OpenedView {
  transport: TransportParameters
  streams: { mid: string; ssrc: number; cname: string }[]
}

/** So many voices and pictures one player is given: more never speak at a time, and the second picture is a shared screen. */
export const viewPlaces = { audio: 4, video: 2 } as const

/** A voice that is open; `decibels`: −127 (silence) to 0. */
export interface OpenVoice { producerId: string; decibels: number }

/** Louder by so much takes the last place: a breath must not take it from a sentence. */
const clearlyLouder = 6

/**
 * Which voice goes into which place. `voices`: the most needful first; `now`: what is in the places. Whoever has a place keeps it; where there are more voices
 * than places, the last place goes to the loudest of the others, so that a chair who puts in a word is heard by a player with one place, too.
 */
export function placeVoices(voices: readonly OpenVoice[], now: readonly (string | null)[]): (string | null)[] {
  const places = now.length
  if (places === 0) return []
  const sure = voices.slice(0, voices.length > places ? places - 1 : places)
  const others = voices.slice(sure.length)
  const loudest = others.reduce<OpenVoice | null>((best, one) => {
    const lead = best && now.includes(best.producerId) ? clearlyLouder : 0
    const ahead = now.includes(one.producerId) && !(best && now.includes(best.producerId)) ? clearlyLouder : 0
    return !best || one.decibels + ahead > best.decibels + lead ? one : best
  }, null)
  const chosen = [...sure, ...(loudest ? [loudest] : [])].map(({ producerId }) => producerId)
  const kept = now.map((one) => (one !== null && chosen.includes(one) ? one : null))
  const coming = chosen.filter((one) => !kept.includes(one))
  return kept.map((one) => one ?? coming.shift() ?? null)
}

/** Which layers a player's line takes, from what its reports say; it has no estimate of its own. */
export interface ViewLine { highest: number; goodSince: number | null }

const goodFor = 10_000

/** Down at once when packets are lost, up again after a while without; `highest` 0 to 2, times in milliseconds. */
export function followLine({ highest, goodSince }: ViewLine, lossPercent: number, now: number): ViewLine {
  if (lossPercent >= 8) return { highest: Math.max(0, highest - 1), goodSince: null }
  if (lossPercent >= 2 || highest >= 2) return { highest, goodSince: null }
  const since = goodSince ?? now
  return now - since >= goodFor ? { highest: highest + 1, goodSince: now } : { highest, goodSince: since }
}
