import { Type, type Static } from 'typebox'
import { finishFailures } from '../../media/recording.ts'
import { Id } from '../fields.ts'

export const RecordingParams = Type.Object({ meetingId: Id, recordingId: Id }, { additionalProperties: false })

export const RecordingAnswer = Type.Object(
  {
    recordingId: Id,
    /** Hub time. */
    startedAt: Type.Number(),
    endedAt: Type.Union([Type.Number(), Type.Null()]),
    /** `finishing`: the file is being made; `failed`: what was recorded is still there, and it can be tried again. */
    state: Type.Enum(['recording', 'finishing', 'ready', 'failed']),
    /** 0 to 1, of what is being made. */
    done: Type.Number(),
    reason: Type.Union([Type.Enum([...finishFailures]), Type.Null()]),
    bytes: Type.Number(),
    durationMs: Type.Number(),
  },
  { additionalProperties: false },
)
export type RecordingAnswer = Static<typeof RecordingAnswer>

export const RecordingsAnswer = Type.Object(
  {
    recordings: Type.Array(RecordingAnswer),
    /** The asker may remove them and have one tried again. */
    mayManage: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type RecordingsAnswer = Static<typeof RecordingsAnswer>
