import type { VisibleFact } from '../fact.ts'
import type { Recording, RecordingEnd } from './state.ts'

export function evolveRecording(recording: Recording, fact: VisibleFact): Recording {
  const { at, by } = fact
  switch (fact.type) {
    case 'recording.allowed':
      return { ...recording, allowed: fact.data.allowed }
    case 'recording.started':
      return { ...recording, status: 'on', recordingId: fact.data.recordingId, since: at, by, ended: null }
    case 'recording.paused':
      return { ...recording, status: 'paused', since: at, by }
    case 'recording.resumed':
      return { ...recording, status: 'on', since: at, by }
    case 'recording.stopped':
      return over(recording, fact, fact.data.because)
    case 'meeting.ended':
      return recording.status === 'off' ? recording : over(recording, fact, 'meetingEnded')
    default:
      return recording
  }
}

function over(recording: Recording, { at, by }: VisibleFact, ended: RecordingEnd): Recording {
  return { ...recording, status: 'off', recordingId: null, since: at, by, ended }
}
