import type { RtpCapabilities as MediasoupCapabilities, RtpParameters as MediasoupParameters, WebRtcTransport } from 'mediasoup/types'
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../shared/contracts/media-parameters.ts'
import type { MediaRequests, TransportParameters } from '../../shared/contracts/media.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { JoinedRoom, PlainJoinedRoom, RoomControl, RoomPlan } from '../../shared/media/room-control.ts'
import type { Offer } from '../../shared/media/span-control.ts'
import { openCamera } from '../camera/camera.ts'
import { RoomRecording } from '../recording/room-recording.ts'
import { Legs, type Loud, type RoomLeg } from './legs.ts'
import type { RoomTransport } from './line.ts'
import { fitting, lineOf, newPeer, parametersOf, plainTransports, webRtcTransports, type RoomPeer } from './peers.ts'
import { Receiver } from './receiver.ts'
import { alone, type PartControl, type RoomParts } from './room-parts.ts'
import { grantOf, levelsOf, setPaused, tellLayersTaken } from './sending.ts'
import { hasTwins, isVoice, layersOf, timedByReports, type OwnSent, type Sent } from './sent.ts'
import { Span } from './span.ts'
import { Views } from './views.ts'
import { wishOf } from './wishes.ts'

/** Milliseconds. A line that becomes narrow floods within two seconds. */
const measureEvery = 500

/** One media room: who is in it, what each sends and receives, as the plan has it. */
export class Room implements PartControl {
  readonly #parts: RoomParts
  readonly #legs: Legs
  readonly #peers = new Map<string, RoomPeer>()
  readonly #sent = new Map<string, OwnSent>()
  readonly span: Span
  readonly #recording: RoomRecording
  readonly #views: Views
  #plan: RoomPlan = { stage: [], grants: {}, receives: [], loudspeakers: [] }
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(parts: RoomParts) {
    this.#parts = parts
    const { pool, roomId, listener, peersPerWorker, span = alone } = parts
    this.#legs = new Legs({ pool, roomId, ...(peersPerWorker === undefined ? {} : { peersPerWorker }), onLost: (leg) => this.#lose(leg), onLevels: (loud) => this.#tellLevels(loud) })
    this.#recording = new RoomRecording({ recordings: parts.recordings, listener: parts.listener, legs: this.#legs, own: (producerId) => this.#sent.get(producerId) })
    this.span = new Span({ ...span, legs: this.#legs, grant: (one) => grantOf(this.#plan, one), own: (producerId) => this.#sent.get(producerId), onGuests: () => this.#refresh(), onTaken: () => this.#tellLayersTaken() })
    this.#views = new Views({ pool, roomId, listener, place: () => this.#legs.place(), onTrouble: (error) => this.#trouble(error), onTaken: () => this.#tellLayersTaken() })
  }

  async join(peerId: string, rtpCapabilities: RtpCapabilities, _siteId?: string | null, as?: string | null): Promise<JoinedRoom> {
    const { send, receive } = await this.#enter(peerId, rtpCapabilities, webRtcTransports, as ?? peerId)
    return { send: parametersOf(send), receive: parametersOf(receive) }
  }

  async joinPlain(peerId: string, rtpCapabilities: RtpCapabilities, receiveAt: number | null, _siteId?: string | null, as?: string | null): Promise<PlainJoinedRoom> {
    const { send, receive } = await this.#enter(peerId, rtpCapabilities, (one) => plainTransports(one, receiveAt), as ?? peerId)
    return { send: { transportId: send.id, port: send.tuple.localPort }, receive: { transportId: receive.id, port: receive.tuple.localPort } }
  }

  leave(peerId: string): void {
    const peer = this.#peers.get(peerId)
    if (!peer) return
    this.#peers.delete(peerId)
    this.#end(peer)
    this.#changed()
  }

  readonly openCamera: RoomControl['openCamera'] = (peerId, address, _siteId, as) => openCamera(this.#parts, peerId, address, async () => (await this.#enter(peerId, { codecs: [], headerExtensions: [] }, (one) => plainTransports(one, null, false), as ?? peerId)).send)
  readonly openView: RoomControl['openView'] = (viewId, _siteId, ...asked) => this.#views.open(viewId, ...asked)
  readonly restartView = (viewId: string): Promise<TransportParameters> => this.#views.restartIce(viewId)
  readonly closeView = (viewId: string): void => this.#views.close(viewId)

  async connectTransport(peerId: string, transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const { peer, transport } = this.#webRtc(peerId, transportId)
    await fitting(peer.leg, 'dtlsParameters', () => transport.connect({ dtlsParameters: dtlsParameters as never }))
  }

  async restartIce(peerId: string, transportId: string): Promise<TransportParameters['iceParameters']> {
    const { peer, transport } = this.#webRtc(peerId, transportId)
    if (transport === peer.receive) peer.receiver.newWay()
    return { ...await fitting(peer.leg, 'transportId', () => transport.restartIce()), iceLite: true }
  }

  async produce(peerId: string, transportId: string, source: Source, rtpParameters: RtpParameters): Promise<string> {
    const peer = this.#peer(peerId)
    if (peer.send.id !== transportId) throw new Refused('media.unknown')
    if (grantOf(this.#plan, { peerId: peer.as, source }) === 'no') throw new Refused('media.notGranted')
    if ([...this.#peers.values()].some((one) => one.as === peer.as && one.opening.has(source)) || this.#sending(peer.as).some((sent) => sent.source === source)) throw new Refused('media.sourceTaken')
    const kind = isVoice(source) ? 'audio' : 'video'
    const wrong = !rtpParameters.codecs.every(({ mimeType }) => mimeType.startsWith(`${kind}/`)) ? 'codecs' : hasTwins(rtpParameters.encodings) ? 'encodings' : null
    if (wrong) throw new Refused('request.malformed', { field: `rtpParameters.${wrong}` })
    peer.opening.add(source)
    try {
      const pausedByHub = grantOf(this.#plan, { peerId: peer.as, source }) === 'muted'
      const producer = await fitting(peer.leg, 'rtpParameters', () => peer.send.produce({ kind, rtpParameters: timedByReports(rtpParameters) as MediasoupParameters, paused: pausedByHub }))
      const layers = layersOf(source, rtpParameters.encodings)
      const bring: Sent['bring'] = (to) => this.#legs.bring(producer, peer.leg, to)
      const sent: OwnSent = { producer, peerId: peer.as, by: peerId, source, leg: peer.leg, bring, layers, pausedByOwner: false, pausedByHub, told: layers.at(-1)?.spatial ?? 0, lowerSince: null }
      // The floor may have been taken back meanwhile.
      const grant = this.#peers.get(peerId) === peer ? grantOf(this.#plan, sent) : 'no'
      if (grant === 'no') producer.close()
      if (grant === 'no') throw new Refused('media.notGranted')
      sent.pausedByHub = grant === 'muted'
      this.#heed(setPaused(sent))
      this.#sent.set(producer.id, sent)
      if (source === 'microphone') this.#heed(peer.leg.levels.addProducer({ producerId: producer.id }))
      this.#changed()
      return producer.id
    } finally {
      peer.opening.delete(source)
    }
  }

  async pauseProducer(peerId: string, producerId: string, paused: boolean): Promise<void> {
    const sent = this.#own(peerId, producerId)
    sent.pausedByOwner = paused
    await setPaused(sent)
    this.#changed()
  }

  async closeProducer(peerId: string, producerId: string): Promise<void> {
    const sent = this.#own(peerId, producerId)
    this.#sent.delete(producerId)
    sent.producer.close()
    this.#changed()
  }

  async consume(peerId: string, asked: MediaRequests['media:consume']): Promise<void> {
    const peer = this.#peer(peerId)
    peer.asked = asked
    peer.receiver.want(wishOf(peerId, asked, this.#plan, this.#all()))
    this.#tellLayersTaken()
  }

  async resumeConsumer(peerId: string, consumerId: string): Promise<void> {
    if (!this.#peer(peerId).receiver.resume(consumerId)) throw new Refused('media.unknown')
  }

  async preferLayers(peerId: string, consumerId: string, layers: MediaRequests['media:preferLayers']['layers']): Promise<void> {
    if (!this.#peer(peerId).receiver.prefer(consumerId, layers)) throw new Refused('media.unknown')
  }

  follow(plan: RoomPlan): void {
    this.#plan = plan
    const all = [...this.#sent.values()]
    const taken = all.filter((sent) => grantOf(plan, sent) === 'no')
    for (const sent of taken) {
      this.#sent.delete(sent.producer.id)
      sent.producer.close()
      this.#parts.listener.tell(sent.by, 'media:producerClosed', { producerId: sent.producer.id })
    }
    // What is taken back goes first: no two voices for the length of a message.
    const kept = all.filter((sent) => grantOf(plan, sent) !== 'no').sort((a, b) => Number(grantOf(plan, a) === 'yes') - Number(grantOf(plan, b) === 'yes'))
    for (const sent of kept) {
      sent.pausedByHub = grantOf(plan, sent) === 'muted'
      this.#heed(setPaused(sent))
    }
    this.#heed(this.span.follow())
    if (taken.length > 0) this.#changed()
    else this.#refresh()
  }

  record(recordingId: string | null): void {
    if (this.#closed) return
    this.#heed(this.#recording.record(recordingId))
    this.#refresh()
  }

  sending(peerId: string): ReturnType<RoomControl['sending']> {
    return this.#sending(peerId).map(({ producer, source }) => ({ producerId: producer.id, source, mimeType: producer.rtpParameters.codecs[0]?.mimeType ?? '' }))
  }

  offers(): Offer[] {
    return [...this.#sent.values()].map(({ producer, peerId, source, layers, pausedByOwner }) => ({ producerId: producer.id, peerId, source, layers, paused: pausedByOwner, mimeType: producer.rtpParameters.codecs[0]?.mimeType ?? '' }))
  }

  close(): void {
    this.record(null)
    this.#closed = true
    this.span.close()
    if (this.#timer) clearInterval(this.#timer)
    for (const peer of this.#peers.values()) this.#end(peer)
    this.#peers.clear()
    this.#views.closeAll()
    this.#heed(this.#legs.close())
  }

  async #enter<T extends RoomTransport>(peerId: string, rtpCapabilities: RtpCapabilities, make: (leg: RoomLeg) => Promise<{ send: T; receive: T }>, as: string): Promise<{ send: T; receive: T }> {
    const leg = await this.#legs.place()
    const made = await make(leg).catch((error: unknown) => {
      leg.peers -= 1
      throw leg.router.closed ? new Refused('media.unknown') : error
    })
    const receiver = new Receiver({
      peerId, leg, transport: made.receive, rtpCapabilities: rtpCapabilities as MediasoupCapabilities,
      tell: (...message) => this.#parts.listener.tell(...message),
      onTrouble: (error) => this.#trouble(error),
    })
    const peer = newPeer({ peerId, as, leg, receiver, ...made })
    if (this.#closed || leg.router.closed) {
      this.#end(peer)
      throw new Refused('media.unknown')
    }
    this.leave(peerId)
    this.#peers.set(peerId, peer)
    this.#timer ??= setInterval(() => void this.#measure(), measureEvery).unref()
    this.#refresh()
    return made
  }

  #end(peer: RoomPeer): void {
    peer.leg.peers -= 1
    for (const { producer, by } of [...this.#sent.values()]) if (by === peer.peerId) this.#sent.delete(producer.id)
    peer.receiver.close()
    // With its transports everything that goes through them ends.
    for (const transport of [peer.send, peer.receive]) transport.close()
  }

  #lose(leg: RoomLeg): void {
    const lost = [...this.#peers.values()].filter((peer) => peer.leg === leg)
    for (const peer of lost) {
      this.#peers.delete(peer.peerId)
      this.#end(peer)
    }
    this.#parts.log.warn({ roomId: this.#parts.roomId, peers: lost.length }, 'a media worker took a room with it')
    for (const { peerId } of lost) this.#parts.listener.tell(peerId, 'media:lost')
    this.#changed()
  }

  #peer(peerId: string): RoomPeer {
    const peer = this.#peers.get(peerId)
    if (!peer) throw new Refused('media.unknown')
    return peer
  }

  #webRtc(peerId: string, transportId: string): { peer: RoomPeer; transport: WebRtcTransport } {
    const peer = this.#peer(peerId)
    const transport = [peer.send, peer.receive].find(({ id }) => id === transportId)
    if (!transport || !('iceState' in transport)) throw new Refused('media.unknown')
    return { peer, transport }
  }

  #own(peerId: string, producerId: string): OwnSent {
    const sent = this.#sent.get(producerId)
    if (sent?.by !== peerId) throw new Refused('media.unknown')
    return sent
  }

  /** Here and elsewhere. */
  #all(): Sent[] {
    return [...this.#sent.values(), ...this.span.guests]
  }

  #sending(peerId: string): OwnSent[] {
    return [...this.#sent.values()].filter((sent) => sent.peerId === peerId)
  }

  #changed(): void {
    if (this.#closed) return
    this.#refresh()
    this.#parts.listener.sendingChanged()
  }

  #refresh(): void {
    const sending = this.#all()
    for (const { peerId, asked, receiver } of this.#peers.values()) receiver.want(wishOf(peerId, asked, this.#plan, sending))
    this.#recording.follow(this.#plan, sending)
    this.#views.want(this.#plan, sending)
    this.#tellLayersTaken()
  }

  #tellLayersTaken(): void {
    const [here, now] = [[...[...this.#peers.values()].map(({ receiver }) => receiver.asked), ...this.#views.asked, this.#recording.asked], performance.now()]
    tellLayersTaken([...this.#sent.values()], [...here, ...this.span.asked], now, this.#parts.listener.tell)
    this.span.tellTaken(here, now)
  }

  #tellLevels(loud: Loud[]): void {
    this.#views.hear(loud)
    const levels = levelsOf(loud, (producerId) => this.#sent.get(producerId)?.peerId ?? this.span.peerOf(producerId))
    for (const peerId of this.#plan.receives) if (this.#peers.has(peerId)) this.#parts.listener.tell(peerId, 'media:levels', levels)
  }

  async #measure(): Promise<void> {
    await Promise.all([...this.#peers.values()].map(async (peer) => {
      try {
        const line = await lineOf(peer, this.#sent.values())
        if (this.#peers.get(peer.peerId) === peer) this.#parts.listener.measured(peer.peerId, line)
      } catch (error) {
        if (this.#peers.get(peer.peerId) === peer) this.#trouble(error)
      }
    }))
    if (!this.#closed) this.#tellLayersTaken()
  }

  #heed(done: Promise<unknown>): void {
    done.catch((error: unknown) => this.#trouble(error))
  }

  #trouble(error: unknown): void {
    if (!this.#closed) this.#parts.log.warn({ err: error, roomId: this.#parts.roomId }, 'the media worker refused something')
  }
}
