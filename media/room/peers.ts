import type { PlainTransport, WebRtcTransport } from 'mediasoup/types'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { TransportParameters } from '../../shared/contracts/media.ts'
import type { Source } from '../../shared/media/peer.ts'
import { Feedback } from './feedback.ts'
import type { RoomLeg } from './legs.ts'
import { firstProbe, isConnected, leastEstimate, peerLine, type RoomTransport } from './line.ts'
import type { RoomLine } from '../../shared/media/room-control.ts'
import type { Receiver } from './receiver.ts'
import type { Sent } from './sent.ts'
import { nothingAsked, type Asked } from './wishes.ts'

/** Bits a second that one peer may send at most. */
const mostIncoming = 8_000_000

export interface RoomPeer {
  readonly peerId: string
  /** As whom it sends; itself, unless it is equipment beside an endpoint. */
  readonly as: string
  readonly leg: RoomLeg
  readonly send: RoomTransport
  readonly receive: RoomTransport
  readonly receiver: Receiver
  asked: Asked
  /** Sources that are just being opened: a second request for the same must not slip in between. */
  readonly opening: Set<Source>
  /** On what it sends. */
  readonly feedback: Feedback
}

export function newPeer(parts: Omit<RoomPeer, 'asked' | 'opening' | 'feedback'>): RoomPeer {
  return { ...parts, asked: nothingAsked, opening: new Set(), feedback: new Feedback() }
}

export async function webRtcTransports({ router, server }: RoomLeg): Promise<{ send: WebRtcTransport; receive: WebRtcTransport }> {
  const make = () => router.createWebRtcTransport({ webRtcServer: server, enableUdp: true, enableTcp: true, preferUdp: true, initialAvailableOutgoingBitrate: firstProbe, iceConsentTimeout: 10 })
  const [send, receive] = await Promise.all([make(), make()])
  await Promise.all([send.setMaxIncomingBitrate(mostIncoming), receive.setMinOutgoingBitrate(leastEstimate)])
  return { send, receive }
}

/** `rtcpMux` false: reports come to a port of their own, as ffmpeg sends them. */
export async function plainTransports({ router }: RoomLeg, receiveAt: number | null, rtcpMux = true): Promise<{ send: PlainTransport; receive: PlainTransport }> {
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
  const [send, receive] = await Promise.all([
    router.createPlainTransport({ listenInfo, rtcpMux, comedia: true }),
    router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false }),
  ])
  if (receiveAt !== null) await receive.connect({ ip: '127.0.0.1', port: receiveAt })
  return { send, receive }
}

export function parametersOf({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport): TransportParameters {
  const { usernameFragment, password } = iceParameters
  return {
    transportId: id,
    iceParameters: { usernameFragment, password, iceLite: true },
    iceCandidates: iceCandidates.map(({ foundation, priority, address, port, protocol, tcpType }) => ({ foundation, priority, address, port, protocol, type: 'host', ...(tcpType ? { tcpType: 'passive' } : {}) })),
    dtlsParameters: { role: 'auto', fingerprints: dtlsParameters.fingerprints.filter(({ algorithm }) => /^sha-(256|384|512)$/.test(algorithm)) } as TransportParameters['dtlsParameters'],
  }
}

/** What comes from a client fits the schema; whether it makes sense only mediasoup knows, and it says so by throwing. */
export async function fitting<T>(leg: RoomLeg, field: string, asked: () => Promise<T>): Promise<T> {
  try {
    return await asked()
  } catch {
    throw leg.router.closed ? new Refused('media.unknown') : new Refused('request.malformed', { field })
  }
}


/** How a peer's line does. */
export async function lineOf(peer: RoomPeer, sent: Iterable<Sent>): Promise<RoomLine> {
  await peer.receiver.measure()
  const line = await peerLine(peer.send, peer.receiver.line, peer.feedback)
  const highest = [...sent].find(({ by, source }) => by === peer.peerId && source === 'camera')?.told ?? -1
  return { ...line, highest, rung: peer.receiver.served.rung, saveData: peer.asked.saveData, connected: isConnected(peer.send) || isConnected(peer.receive) }
}
