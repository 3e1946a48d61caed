import type { Consumer, PlainTransport, WebRtcTransport } from 'mediasoup/types'
import type { ReceiverLine } from '../../shared/media/ladder.ts'
import type { RoomLine } from '../../shared/media/room-control.ts'
import type { Feedback } from './feedback.ts'
import type { Repeats } from './repeats.ts'

export interface MeasuredLine extends ReceiverLine {
  /** What the congestion control believes that the line carries of pictures, beside the voices on it; 0: not known yet. */
  estimatedBits: number
  /** Of pictures that play at this moment; otherwise the estimate is an old one. */
  isFresh: boolean
  downKbps: number
  /** What waits on the way, milliseconds: the way there and back beyond its least. */
  queuedMs: number
}

/** Bits a second: what a receiver's line is taken for until it has been measured. More would drown a poor line for as long as that takes. */
const firstGuess = 300_000
/** Where the congestion control begins: so far, and no further, it looks by short bursts in its first second what a line carries. */
export const firstProbe = 1_000_000
/**
 * No estimate below this: it is a picture's least layer, and where that may not be sent nothing is measured any more. Whether the line carries even this
 * much is found out by trying (ladder-state.ts).
 */
export const leastEstimate = 80_000

/** Equipment that takes plain RTP is on this machine's own network and is not measured at all. */
const ownNetwork = 5_000_000

/** Per cent lost, or milliseconds in a queue: from here on what arrives is believed, and no estimate. It needs seconds to see that a line has become narrow. */
const floodedLoss = 20
const floodedMs = 400
/** Less than arrives, so that the queue empties. */
const emptying = 0.8

export type RoomTransport = WebRtcTransport | PlainTransport

export function unmeasuredLine(transport: RoomTransport): MeasuredLine {
  return { availableBits: isMeasured(transport) ? firstGuess : ownNetwork, estimatedBits: 0, isFresh: false, downKbps: 0, queuedMs: 0, lossPercent: 0, roundTripMs: 0 }
}

/** Whether an estimate comes as soon as a picture plays. */
export function isMeasured(transport: RoomTransport): boolean {
  return 'iceState' in transport
}

/** Of what a receiver plays at this moment, by which its line is judged. */
export interface Playing {
  voice: Consumer | undefined
  /** One that has been playing for a while: until then its reports are those of before. */
  picture: Consumer | undefined
  /** Of all voices together: the congestion control measures pictures only. */
  voiceBits: number
  repeats: Repeats
  feedback: Feedback
  /** The estimate was held up until a moment ago, and falls back by itself. */
  isPushed: boolean
  /** The way there and back when nothing waits on it; null: not known yet. */
  leastTripMs: number | null
}

/** A receiver's line as the congestion control and the receiver's reports have it. */
export async function receiverLine(transport: RoomTransport, { voice, picture, voiceBits, repeats, feedback, isPushed, leastTripMs }: Playing): Promise<MeasuredLine> {
  const [[stats], ...reports] = await Promise.all([transport.getStats(), voice?.getStats() ?? [], picture?.getStats() ?? []])
  const [ofVoice, ofPicture] = reports.map((all) => all.find((one) => one.type === 'outbound-rtp'))
  const lostOf = (out: typeof ofVoice) => (out && 'fractionLost' in out ? Number(out.fractionLost) / 2.56 : 0)
  // Without a picture on the line the congestion control hears nothing and goes on saying what it said last.
  const ofVoices = Math.max(lostOf(ofVoice), repeats.percent(ofVoice, performance.now()))
  const estimatedBits = stats?.availableOutgoingBitrate ?? 0
  const told = feedback.rising(stats?.rtpPacketLossSent, isPushed ? null : estimatedBits)
  const lossPercent = picture ? Math.max(lostOf(ofPicture), told) : ofVoices
  const latest = ofPicture ?? ofVoice
  const roundTripMs = latest && 'roundTripTime' in latest ? Number(latest.roundTripTime ?? 0) : 0
  const sentBits = stats?.sendBitrate ?? 0
  const downKbps = Math.round(sentBits / 1000)
  const queuedMs = leastTripMs === null ? 0 : Math.max(0, roundTripMs - leastTripMs)
  if (estimatedBits === 0) return { ...unmeasuredLine(transport), downKbps, queuedMs, lossPercent, roundTripMs }
  // The estimate stays a little above what is sent, whatever the line could carry: more is found by sending more. An old one has nothing to add.
  const roomy = picture !== undefined && lossPercent < 2 && estimatedBits >= sentBits * 1.25 && estimatedBits > leastEstimate
  const available = (roomy ? estimatedBits * 1.5 : estimatedBits) + voiceBits
  const arriving = sentBits * (1 - Math.min(100, lossPercent) / 100)
  const queues = queuedMs >= floodedMs
  const flooded = picture !== undefined && (lossPercent >= floodedLoss || queues)
  return { availableBits: flooded ? Math.min(available, arriving * (queues ? emptying : 1)) : available, estimatedBits, isFresh: picture !== undefined, downKbps, queuedMs, lossPercent, roundTripMs }
}

/** Both directions of a peer's line, the worse of each. */
export async function peerLine(send: RoomTransport, receiving: MeasuredLine, feedback: Feedback): Promise<Pick<RoomLine, 'lossPercent' | 'roundTripMs' | 'upKbps' | 'downKbps'>> {
  const [stats] = await send.getStats()
  const lossPercent = Math.max(receiving.lossPercent, feedback.fresh(stats?.rtpPacketLossReceived))
  return {
    lossPercent: Math.min(100, Math.round(lossPercent * 100) / 100), roundTripMs: Math.round(receiving.roundTripMs),
    upKbps: Math.round((stats?.recvBitrate ?? 0) / 1000), downKbps: receiving.downKbps,
  }
}

export function isConnected(transport: RoomTransport): boolean {
  if (!('iceState' in transport)) return !transport.closed
  return (transport.iceState === 'connected' || transport.iceState === 'completed') && transport.dtlsState === 'connected'
}
