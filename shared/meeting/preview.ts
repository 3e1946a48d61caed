import { audienceOf } from './audience.ts'
import type { MeetingState } from './state.ts'
import { viewOf, type MeetingView } from './view.ts'

/**
 * What a participant sees, for chair and secretary who look through his eyes: his own view, confidential items absent as they are for
 * him. Its votes are those of a viewer who is nobody, so that no ballot is in it, nor whether he cast one. Null: he sees nothing yet.
 */
export function previewOf(state: MeetingState, personId: string): MeetingView | null {
  const audience = audienceOf(state, { personId, projector: false })
  if (!audience) return null
  const { votes } = viewOf(state, audience, { personId: '', projector: false })
  return { ...viewOf(state, audience, { personId, projector: false }), votes }
}
