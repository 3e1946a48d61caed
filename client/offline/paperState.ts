/**
 * How a paper stands on this device (DOMAIN 2.4). notOffered: the hub does not offer it, or it shall not be kept. queued: it will be
 * fetched. partial: what is there can be read. stale: a former version is there, the present one is not yet. revoked: may no longer be
 * seen, being deleted. purged: was here; expired or removed by hand.
 */
export type PaperStatus = 'notOffered' | 'queued' | 'partial' | 'complete' | 'stale' | 'revoked' | 'purged'

export interface PaperStanding {
  /** The hub lists it for this person. */
  listed: boolean
  /** It is to be kept here. */
  wanted: boolean
  /** It was kept here and was deleted, because it expired or by hand. */
  removed: boolean
  /** Bytes of the present version that are here, and that it has. */
  bytes: number
  size: number
  /** Something of a former version is here. */
  formerHeld: boolean
}

export function paperStatus({ listed, wanted, removed, bytes, size, formerHeld }: PaperStanding): PaperStatus {
  if (!listed) return bytes > 0 || formerHeld ? 'revoked' : 'notOffered'
  if (bytes >= size) return 'complete'
  if (formerHeld) return 'stale'
  if (bytes > 0) return 'partial'
  if (wanted) return 'queued'
  return removed ? 'purged' : 'notOffered'
}

/** What the line is needed for at this moment. */
export interface LineUse {
  live: boolean
  /** Commands that have not been answered. */
  waiting: number
  /** A vote is open in which this person has not voted yet. */
  ballotDue: boolean
  /** The reader fetches a page that somebody waits for. */
  readerBusy: boolean
}

/** Votes, requests and the page before one's eyes go first; papers for later take what is left. */
export function lineIsFree({ live, waiting, ballotDue, readerBusy }: LineUse): boolean {
  return live && waiting === 0 && !ballotDue && !readerBusy
}
