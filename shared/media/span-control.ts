/**
 * A room whose peers are at several media processes has a part at each. What one part asks of the others goes through the hub, by ids and plain
 * values as in room-control.ts: who sends what elsewhere (guests), and the pipes by which it comes over when the first receiver here wants it.
 */
import type { RtpParameters } from '../contracts/media-parameters.ts'
import type { Layer } from './ladder.ts'
import type { Source } from './peer.ts'

/** What a peer sends at one part, as the others know it. */
export interface Offer {
  producerId: string
  peerId: string
  source: Source
  /** As its sender announces them, least first; none for a voice. */
  layers: Layer[]
  mimeType: string
  /** By its sender. */
  paused: boolean
}

/** One end of a pipe: where RTP goes to, and the keys it is sent with (RFC 7714). */
export interface PipeEnd {
  address: string
  port: number
  srtp: { cryptoSuite: string; keyBase64: string }
}

/** How something is sent through a pipe. */
export interface Lent {
  kind: 'audio' | 'video'
  rtpParameters: RtpParameters
}

/** `other`: the name of another part. */
export interface SpanControl {
  /** All that is sent at other parts. */
  meet(offers: readonly Offer[]): Promise<void>
  /** One that is there already is closed first. @throws Refused `media.unknown` when nobody is here */
  openPipe(other: string): Promise<PipeEnd>
  connectPipe(other: string, end: PipeEnd): Promise<void>
  /** What came through it is waited for anew by whoever still wants it. */
  closePipe(other: string): Promise<void>
  /** Sends what a peer here sends through the pipe. */
  lend(producerId: string, other: string): Promise<Lent>
  /** Takes in what comes through the pipe. */
  borrow(producerId: string, other: string, lent: Lent): Promise<void>
  /** The highest layer that anybody takes there; −1: nobody takes any. */
  heedTaken(producerId: string, other: string, highest: number): Promise<void>
}

export interface SpanListener {
  /** Somebody here shall receive what is sent elsewhere. */
  wanted(producerId: string): void
  /** Of what is sent elsewhere: the highest layer that anybody takes here. */
  taken(producerId: string, highest: number): void
  /** The worker that held it died. */
  pipeLost(other: string): void
}
