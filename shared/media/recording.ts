/** What hub and `media` tell each other of recordings, besides `RoomControl.record`: ids and plain values; where files lie is a setting of both. */

/** Why nothing can be recorded at this moment. */
export type RecordingLack = { reason: 'noProgram' } | { reason: 'noRoom'; freeGb: number; neededGb: number }

export const recordingTroubles = ['diskFull', 'recorderFailed'] as const
/** Why a recorder gave up in the midst of it. */
export type RecordingTrouble = (typeof recordingTroubles)[number]

/** What the file is made with: hub times, milliseconds since the epoch. */
export interface FinishOrder {
  recordingId: string
  /** Of the whole, and of what comes before the first chapter. */
  title: string
  /** Where something new begins, in the order of time; also from before the recording. */
  chapters: readonly { at: number; title: string }[]
}

export const finishFailures = ['nothingRecorded', 'noProgram', 'noRoom', 'failed', 'notWhole'] as const
/** `notWhole`: what came of it did not stand the test; what was recorded is still there, as with every failure. */
export type FinishFailure = (typeof finishFailures)[number]

export type FinishOutcome = { ok: true; bytes: number; durationMs: number } | { ok: false; reason: FinishFailure; detail: string }

export interface FinishProgress { recordingId: string; done: number }

/** The finished file in a recording's folder. */
export const finishedName = 'recording.mp4'

/** Gigabytes that so many hours take, at most: what is received, the pieces, and the file. */
export function gigabytesFor(hours: number): number {
  return Math.round(hours * 2.5 * 10) / 10 + 1
}
