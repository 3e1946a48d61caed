/** Why a recording ended; `interrupted`: the hub went down in the midst of it, and went on with another one. */
export const recordingEnds = ['byHand', 'forbidden', 'meetingEnded', 'diskFull', 'recorderFailed', 'interrupted'] as const
export type RecordingEnd = (typeof recordingEnds)[number]

/** Whether a meeting may be recorded, and is. */
export interface Recording {
  /** Laid down in preparation; off unless somebody has said so. */
  allowed: boolean
  /** As chair and secretary have it; whether anything is written down at this moment, `recordingStanding` says. */
  status: 'off' | 'on' | 'paused'
  /** The one that is under way; null: none is. */
  recordingId: string | null
  /** Since when `status` holds, hub time; null: it has never been anything but off. */
  since: number | null
  by: string | null
  /** Why the last one ended; null: none has, or one is under way. */
  ended: RecordingEnd | null
}

export const notRecorded: Recording = { allowed: false, status: 'off', recordingId: null, since: null, by: null, ended: null }
