import type { Consumer, PlainTransport, WebRtcTransport } from 'mediasoup/types'
import type { ReceiverLine } from '../../shared/media/ladder.ts'
import type { RoomLine } from '../../shared/media/room-control.ts'

export interface MeasuredLine extends ReceiverLine {
  /** What the congestion control believes that the line carries; 0: not known yet. */
  estimatedBits: number
  downKbps: number
}

export const unmeasuredLine: MeasuredLine = { availableBits: 5_000_000, estimatedBits: 0, downKbps: 0, lossPercent: 0, roundTripMs: 0 }

export type RoomTransport = WebRtcTransport | PlainTransport

/** A receiver's line as the congestion control and the receiver's reports have it. `any`: one of its consumers that plays, for the way there and back. */
export async function receiverLine(transport: RoomTransport, any: Consumer | undefined): Promise<MeasuredLine> {
  const [[stats], reports] = await Promise.all([transport.getStats(), any?.getStats() ?? []])
  const out = reports.find((one) => one.type === 'outbound-rtp')
  const fraction = out && 'fractionLost' in out ? Number(out.fractionLost) : 0
  const lossPercent = Math.max(fraction / 2.56, (stats?.rtpPacketLossSent ?? 0) * 100)
  const roundTripMs = out && 'roundTripTime' in out ? Number(out.roundTripTime ?? 0) : 0
  const available = stats?.availableOutgoingBitrate ?? 0
  const downKbps = Math.round((stats?.sendBitrate ?? 0) / 1000)
  if (available === 0) return { ...unmeasuredLine, downKbps, lossPercent, roundTripMs }
  // The estimate stays a little above what is sent, whatever the line could carry: more is found by sending more.
  const roomy = lossPercent < 2 && available >= (stats?.sendBitrate ?? 0) * 1.25
  return { availableBits: roomy ? available * 1.5 : available, estimatedBits: available, downKbps, lossPercent, roundTripMs }
}

/** Both directions of a peer's line, the worse of each. */
export async function peerLine(send: RoomTransport, receiving: MeasuredLine): Promise<Pick<RoomLine, 'lossPercent' | 'roundTripMs' | 'upKbps' | 'downKbps'>> {
  const [stats] = await send.getStats()
  const lossPercent = Math.max(receiving.lossPercent, (stats?.rtpPacketLossReceived ?? 0) * 100)
  return {
    lossPercent: Math.min(100, Math.round(lossPercent * 100) / 100), roundTripMs: Math.round(receiving.roundTripMs),
    upKbps: Math.round((stats?.recvBitrate ?? 0) / 1000), downKbps: receiving.downKbps,
  }
}

export function isConnected(transport: RoomTransport): boolean {
  if (!('iceState' in transport)) return !transport.closed
  return (transport.iceState === 'connected' || transport.iceState === 'completed') && transport.dtlsState === 'connected'
}
