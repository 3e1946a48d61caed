/** What the hub asks a documents' thread, and what it answers. Bytes are Yjs updates and state vectors, version 1. */

/** Updates of one owner; null: the document's own. */
export interface Part { owner: string | null; updates: Uint8Array[] }

export type Message = { kind: 'asks'; vector: Uint8Array } | { kind: 'change'; update: Uint8Array; owner: string | null }

export type Job =
  | { kind: 'open'; name: string; parts: Part[] }
  | { kind: 'merge'; name: string; messages: Message[] }
  | { kind: 'drop'; name: string }
  /** Puts updates together, without a document being open. */
  | { kind: 'pack'; updates: Uint8Array[] }

export interface Merged {
  /** What was new, as one update; null when nothing was. */
  update: Uint8Array | null
  /** For each message that asked, in order: what it lacks. */
  answers: Uint8Array[]
  /** The document's state vector after all of it. */
  vector: Uint8Array
  /** Indexes of messages that are no updates. */
  malformed: number[]
  /** Indexes of messages of which something waits for updates that have not come. */
  waiting: number[]
  /** Bytes that wait so, of these and earlier messages. */
  pending: number
  /** Owners whose changes are not merged any more, since now. */
  excluded: string[]
}

export interface Opened { vector: Uint8Array; excluded: string[] }

export interface Results { open: Opened; merge: Merged; drop: null; pack: Uint8Array }

export interface Call { id: number; job: Job }
export type Reply = { id: number; result: Results[keyof Results] } | { id: number; error: string }

export interface WorkerData {
  /**
   * Five numbers by which the hub sees what the thread is at: id of the job, index of the message in it, since when (ms of `monotonic`; 0: idle),
   * how long it had worked by then (ms), and its number at the system.
   */
  at: SharedArrayBuffer
}

/** What `at` takes. */
export const atBytes = 5 * Float64Array.BYTES_PER_ELEMENT
