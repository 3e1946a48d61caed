/** What WebRTC's own counters say of a way there and back. */
export interface LineStatistics {
  /** Hundredths; the worse of both directions. */
  lossPercent: number
  roundTripMs: number
  /** Pictures that came back and could be shown. */
  framesBack: number
}

interface Counted {
  type: string
  kind?: string
  packetsLost?: number
  packetsReceived?: number
  fractionLost?: number
  roundTripTime?: number
  currentRoundTripTime?: number
  framesDecoded?: number
  state?: string
}

type Report = Iterable<readonly [string, unknown]>

/** `sent` and `received`: the statistics of the two transports. */
export function lineStatistics(sent: Report, received: Report): LineStatistics {
  const there = [...sent].map(([, one]) => one as Counted)
  const back = [...received].map(([, one]) => one as Counted)
  const lostThere = Math.max(0, ...there.filter(({ type }) => type === 'remote-inbound-rtp').map(({ fractionLost = 0 }) => fractionLost * 100))
  const came = back.filter(({ type }) => type === 'inbound-rtp')
  const [lost, all] = came.reduce(([missing, sum], { packetsLost = 0, packetsReceived = 0 }) => [missing + Math.max(0, packetsLost), sum + packetsReceived + Math.max(0, packetsLost)], [0, 0])
  const lostBack = all === 0 ? 0 : (lost / all) * 100
  const trips = [...there, ...back].filter(({ type, state }) => type === 'candidate-pair' && state === 'succeeded').map(({ currentRoundTripTime }) => currentRoundTripTime ?? Number.NaN)
  const measured = [...there.filter(({ type }) => type === 'remote-inbound-rtp').map(({ roundTripTime }) => roundTripTime ?? Number.NaN), ...trips].filter(Number.isFinite)
  return {
    lossPercent: Math.round(Math.max(lostThere, lostBack) * 10) / 10,
    roundTripMs: measured.length === 0 ? 0 : Math.round(Math.max(...measured) * 1000),
    framesBack: Math.max(0, ...came.filter(({ kind }) => kind === 'video').map(({ framesDecoded = 0 }) => framesDecoded)),
  }
}
