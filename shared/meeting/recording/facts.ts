import type { RecordingEnd } from './state.ts'

/** A meeting's end ends its recording, too, without a fact of its own. */
export interface RecordingFacts {
  'recording.allowed': { allowed: boolean }
  'recording.started': { recordingId: string }
  'recording.paused': Record<string, never>
  'recording.resumed': Record<string, never>
  'recording.stopped': { because: RecordingEnd }
}
