/** Everything that is bounded about documents. */
export interface CollabLimits {
  /** Threads that documents live in. */
  workers: number
  /** Megabytes of heap of one thread. */
  workerMemory: number
  /**
   * Milliseconds of work that merging one message may take, and so many more for each megabyte of it. (Measured on Yjs 13.6: a megabyte of strokes
   * 17, of text typed letter by letter at random places 230; 3,000 authors of one place, 50 kB, 38.)
   */
  messageTime: number
  megabyteTime: number
  /** Milliseconds of work that opening or compacting one document may take. */
  documentTime: number
  /** Bytes of one message. */
  messageBytes: number
  /** Bytes of one document as it is stored when it is compacted. */
  documentBytes: number
  /** Bytes that may wait to be merged into one document before its writers are made to wait. */
  waitingBytes: number
  /** Bytes that may wait for one slow reader. */
  backlogBytes: number
  /** Connections of all people, and documents one person may have open at once, on all of his screens. */
  connections: number
  connectionsPerPerson: number
  /** Changes of one connection: so many at once, so many a second after that. */
  changes: Rate
  /** Bytes of changes of one person. */
  changeBytes: Rate
  /** Connections of one person, one after the other. */
  openings: Rate
  /** Times a connection may ask for what it lacks. */
  asks: Rate
  /** Names a person may be refused before nothing is looked up for him any more. */
  refusals: Rate
  /** Milliseconds between two rounds of one document's writing: what comes meanwhile is written and sent together. */
  roundTime: number
  /** Where so many have a document open, little that comes in a flow waits so many milliseconds for more of it. (A hand that writes: a stroke every 50.) */
  crowd: number
  crowdTime: number
  /** Milliseconds between two rounds of a common layer that nobody has open. */
  unheardTime: number
  /** Milliseconds a document stays in memory after the last one left. */
  lingerTime: number
  /** Updates, and their bytes, after which a document that is open is compacted. */
  compactUpdates: number
  compactBytes: number
  /** Milliseconds between two looks for documents that nobody has open and that are to be compacted. */
  sweepTime: number
}

export interface Rate { burst: number; perSecond: number }

const MB = 1024 * 1024

export const usualLimits: CollabLimits = {
  workers: 2,
  workerMemory: 512,
  messageTime: 100,
  megabyteTime: 300,
  documentTime: 15_000,
  messageBytes: 4 * MB,
  documentBytes: 10 * MB,
  waitingBytes: 8 * MB,
  backlogBytes: 8 * MB,
  connections: 20_000,
  connectionsPerPerson: 64,
  changes: { burst: 400, perSecond: 100 },
  changeBytes: { burst: 8 * MB, perSecond: MB / 2 },
  openings: { burst: 300, perSecond: 10 },
  asks: { burst: 10, perSecond: 0.5 },
  refusals: { burst: 100, perSecond: 1 },
  roundTime: 20,
  crowd: 100,
  crowdTime: 60,
  unheardTime: 250,
  lingerTime: 10_000,
  compactUpdates: 500,
  compactBytes: 2 * MB,
  sweepTime: 20_000,
}
