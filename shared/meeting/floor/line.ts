import { siteReach, type Connections } from '../attendance/connections.ts'
import { siteOf } from '../attendance/place.ts'
import type { FloorEntry } from './state.ts'
import { speaking, type FloorMeeting } from './turn.ts'

/**
 * The running speech whose site has dropped while it ran, past the grace time: the hub stops its clock and keeps its place (DOMAIN.md 2.2).
 * One tablet that falls asleep beside others stops nobody, and in the main room one speaks without a tablet.
 */
export function cutOffSpeech(meeting: FloorMeeting, connections: Connections): FloorEntry | null {
  const speech = speaking(meeting)
  if (!speech || speech.runningSince === null) return null
  const siteId = speech.personId === null ? speech.siteId : siteOf(meeting, speech.personId)
  if (siteId === null) return null
  const { since } = siteReach(meeting, connections, siteId)
  return since !== null && since >= speech.runningSince ? speech : null
}
