/** What one look at a transport's counters tells. */
export interface Look {
  /** Milliseconds, of one clock. */
  at: number
  /** The way that is used; another one begins anew. */
  wayId: string
  /** Octets and answers to checks that came by it; only whether it grows matters. */
  arrived: number
  /** Checks of the browser that were not answered. */
  unanswered: number
  roundTripMs: number
  /** Packets of each voice and each picture that is taken at this moment. */
  streams: ReadonlyMap<string, number>
}

/** What is known of a way by its looks. */
export interface Standing {
  last: Look
  arrivedAt: number
  /** When the first check was sent that has had no answer since anything came; null: none was. */
  askedAt: number | null
  /** Checks that were unanswered before that one; on a line that loses packets some never are. */
  lost: number
  /** When each voice and picture was last heard or seen to come. */
  cameAt: ReadonlyMap<string, number>
}

/** So long nothing at all may come before anything is suspected. */
const silentMs = 1_500
/** An answer may take this long, or twice the round trip; the browser itself asks every 2.5 s, after a lost one within a second, and in quick succession when nothing has come for 2.5 s. */
const answerMs = 600
const unansweredAtLeast = 2
const manyUnanswered = 4
/** A page that was asleep for longer knows nothing of the time between. */
const sleptMs = 2_500

export function looked(before: Standing | null, last: Look): Standing {
  const { at } = last
  if (!before || before.last.wayId !== last.wayId || at - before.last.at > sleptMs) return { last, arrivedAt: at, askedAt: null, lost: last.unanswered, cameAt: new Map() }
  const cameAt = new Map<string, number>()
  for (const [id, packets] of last.streams) {
    const then = packets > (before.last.streams.get(id) ?? packets) ? at : before.cameAt.get(id)
    if (then !== undefined) cameAt.set(id, then)
  }
  const arrives = last.arrived > before.last.arrived
  const asks = last.unanswered > before.last.unanswered
  if (arrives) return { last, arrivedAt: at, askedAt: asks ? at : null, lost: asks ? before.last.unanswered : last.unanswered, cameAt }
  return { last, arrivedAt: before.arrivedAt, askedAt: before.askedAt ?? (asks ? at : null), lost: before.lost, cameAt }
}

/** Milliseconds for which nothing has come. */
export const silence = ({ last, arrivedAt }: Standing): number => last.at - arrivedAt

/**
 * Whether the way is dead. One voice that ends may have been muted: then it is the browser's own check that has to stay without an answer. Several that end at
 * the same moment, though the hub has closed none of them, are the way's end.
 */
export function isDead(standing: Standing): boolean {
  const { last, arrivedAt, askedAt, lost, cameAt } = standing
  if (silence(standing) < silentMs) return false
  if ([...cameAt.values()].filter((then) => arrivedAt - then < answerMs).length > 1) return true
  const unanswered = last.unanswered - lost
  if (askedAt === null || unanswered < unansweredAtLeast) return false
  return last.at - askedAt >= Math.max(answerMs, last.roundTripMs * 2) || (unanswered >= manyUnanswered && last.roundTripMs * 2 < answerMs)
}

/** Null: no way is known yet. */
export function lookAt(report: RTCStatsReport, at: number): Look | null {
  const all = [...report.values()] as Record<string, unknown>[]
  const selected = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId']
  // Firefox names it at the pair itself.
  const way = all.find(({ type, id, selected: isIt }) => type === 'candidate-pair' && (id === selected || isIt === true))
  if (!way) return null
  const number = (name: string) => Number(way[name] ?? 0)
  const streams = new Map(all.filter(({ type }) => type === 'inbound-rtp').map(({ id, packetsReceived }) => [String(id), Number(packetsReceived ?? 0)]))
  return {
    at, wayId: String(way['id']), arrived: number('bytesReceived') + number('responsesReceived'), unanswered: Math.max(0, number('requestsSent') - number('responsesReceived')),
    roundTripMs: number('currentRoundTripTime') * 1_000, streams,
  }
}
