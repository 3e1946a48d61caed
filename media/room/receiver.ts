import type { Consumer, RtpCapabilities as MediasoupCapabilities } from 'mediasoup/types'
import { rungReached, serve, stepsOf, usableBits, type Layer, type Served, type Step, type Tile, type Wanted } from '../../shared/media/ladder.ts'
import { climbLadder, newLadder, type Ladder } from '../../shared/media/ladder-state.ts'
import type { MediaRequests } from '../../shared/contracts/media.ts'
import type { RoomListener } from '../../shared/media/room-control.ts'
import { Feedback } from './feedback.ts'
import type { RoomLeg } from './legs.ts'
import { isMeasured, leastEstimate, receiverLine, unmeasuredLine, type MeasuredLine, type RoomTransport } from './line.ts'
import { Repeats } from './repeats.ts'
import { isVoice, voiceBits, type Sent } from './sent.ts'
import { Trials } from './trials.ts'

/** Of one receiver: what it shall get, the most needful first within each. */
export interface Wish {
  voices: Sent[]
  speaker: Picture | null
  stage: Picture[]
  own: Picture | null
  gallery: Picture[]
  saveData: boolean
}
export interface Picture { sent: Sent; width: number; height: number }

interface Received {
  sent: Sent
  consumer: Consumer
  /** The page can play it. */
  played: boolean
  /** No more than this, as its page wishes. */
  preferred: MediaRequests['media:preferLayers']['layers']
  set: string
  /** Null: it is paused. */
  playsSince: number | null
}

export interface ReceiverParts {
  peerId: string
  leg: RoomLeg
  transport: RoomTransport
  rtpCapabilities: MediasoupCapabilities
  tell: RoomListener['tell']
  onTrouble(error: unknown): void
}

/** Above 1: the congestion control gives the second layer to whoever stands higher first. */
const priorities = { speaker: 200, stage: 100, own: 20, gallery: 1 } as const
/** Milliseconds until the reports about a picture are about it as it plays now. */
const picturesSettle = 2_500
const voicesReport = 6_000
/** Milliseconds after its ICE was restarted: until then what a receiver reports is what was lost while the old way was dead. */
const newWaySettles = 3_000
/** Milliseconds in which an estimate that was held up falls back to what is true. */
const pushEchoes = 3_000
/** So long, milliseconds, an estimate without a picture is believed no more than the last with one: it sinks slowly, and what stood in a full line has not arrived. */
const freshLasts = 60_000
/** What waits on the way no longer than this, milliseconds, is no queue. */
const unqueuedMs = 100
const nothing: Wish = { voices: [], speaker: null, stage: [], own: null, gallery: [], saveData: false }

/** What one peer receives: a consumer for all that it shall get, of which as many play as its line carries. */
export class Receiver {
  readonly #parts: ReceiverParts
  readonly #received = new Map<string, Received>()
  /** Cannot be had by this receiver. */
  readonly #unfit = new WeakSet<Sent>()
  #wish: Wish = nothing
  #line: MeasuredLine
  #ladder: Ladder | null = null
  #leastTrip: number | null = null
  /** What was measured last while a picture played. */
  #fresh = { availableBits: Infinity, lossPercent: 0, at: -Infinity }
  #newWayAt = -Infinity
  readonly #trials = new Trials()
  readonly #repeats = new Repeats()
  readonly #feedback = new Feedback()
  #told: { rung: Served['rung']; since: number; at: number } | null = null
  /** What the congestion control takes the line for at the least, and what was known of it before that was more than its least. */
  #floor = leastEstimate
  #knownBits = 0
  #pushedAt = -Infinity
  #settling = false
  #again = false
  served: Served = { rung: 'text', taken: [], page: false, bitsPerSecond: 0 }
  /** What is taken and what is tried: its senders must not stop. */
  asked: Pick<Served, 'taken'> = { taken: [] }

  constructor(parts: ReceiverParts) {
    this.#parts = parts
    this.#line = unmeasuredLine(parts.transport)
  }

  get line(): MeasuredLine {
    return this.#line
  }

  /** Makes the consumers that are missing and ends those that are too many. */
  want(wish: Wish): void {
    this.#wish = wish
    this.#again = true
    this.apply()
    if (!this.#settling) void this.#settle()
  }

  /** False when there is no such consumer. */
  resume(consumerId: string): boolean {
    const one = this.#find(consumerId)
    if (one) one.played = true
    this.apply()
    return one !== undefined
  }

  prefer(consumerId: string, layers: Received['preferred']): boolean {
    const one = this.#find(consumerId)
    if (one) one.preferred = layers
    this.apply()
    return one !== undefined
  }

  /** What it receives comes by another way from now on; it is taken for as good as the one before until it can be measured. */
  newWay(): void {
    this.#newWayAt = performance.now()
  }

  async measure(): Promise<void> {
    if (performance.now() - this.#newWayAt < newWaySettles) return this.apply()
    const playing = [...this.#received.values()].filter(({ consumer }) => !consumer.paused && !consumer.producerPaused)
    const voices = playing.filter(({ sent }) => isVoice(sent.source))
    const settled = performance.now() - picturesSettle
    const line = await receiverLine(this.#parts.transport, {
      leastTripMs: this.#leastTrip, repeats: this.#repeats, feedback: this.#feedback, isPushed: performance.now() - this.#pushedAt < pushEchoes,
      voice: voices[0]?.consumer, voiceBits: voices.reduce((sum, { sent }) => sum + voiceBits(sent.source), 0),
      picture: playing.find(({ sent, playsSince }) => !isVoice(sent.source) && playsSince !== null && playsSince < settled)?.consumer,
    })
    if (line.isFresh) this.#fresh = { availableBits: line.availableBits, lossPercent: line.lossPercent, at: performance.now() }
    const age = performance.now() - this.#fresh.at
    if (age < freshLasts) line.availableBits = Math.min(line.availableBits, this.#fresh.availableBits)
    // Voices report seldom: what a picture lost that is paused since then counts until they have.
    const held = age < voicesReport ? this.#fresh.lossPercent : 0
    // What the estimate says of a line that is being pushed was told to it: what arrives counts.
    if (this.#floor > leastEstimate) line.availableBits = Math.min(line.availableBits, Math.max(this.#knownBits, line.downKbps * 1_000))
    else this.#knownBits = line.availableBits
    this.#line = { ...line, lossPercent: Math.max(line.lossPercent, held) }
    // A way that has become longer is taken for what it is after a while.
    if (this.#line.roundTripMs > 0) this.#leastTrip = Math.min(this.#line.roundTripMs, (this.#leastTrip ?? Infinity) * 1.01 + 1)
    this.apply()
  }

  /** Goes up or down the ladder, and lets play what is taken. */
  apply(now = performance.now()): void {
    const steps = stepsOf(this.#wanted())
    // The first voice is never given up for an estimate.
    const usable = Math.max(usableBits(this.#line), this.#trials.proven(steps), steps[0]?.rung === 'voices' ? steps[0].bitsPerSecond : 0)
    const served = this.#climb(steps, usable, now)
    this.served = { ...served, rung: rungReached(steps, served) }
    // Beyond what is taken the congestion control may send what fits, as soon as it has measured what does.
    const fullest = new Map((this.#ladder ? steps.flatMap(({ taken }) => taken ?? []) : served.taken).map(({ producerId, layer }) => [producerId, layer]))
    const tried = this.#ladder && this.#trials.next(steps, served, this.#line, (producerId) => this.#isLayered(producerId), now)
    this.#push(tried?.floorBits ?? leastEstimate)
    if (tried?.noMore) fullest.set(tried.taken.producerId, tried.taken.layer)
    this.asked = { taken: tried ? [...served.taken, tried.taken] : served.taken }
    const taken = new Set(this.asked.taken.map(({ producerId }) => producerId))
    for (const [producerId, one] of this.#received) this.#play(one, one.played && (taken.has(producerId) || (isVoice(one.sent.source) && one.sent.pausedByHub)), fullest.get(producerId) ?? null)
    this.#tellLadder(now)
  }

  #climb(steps: readonly Step[], usable: number, now: number): Served {
    // A ladder begins with a measurement: a good line is not climbed rung by rung.
    if (!this.#ladder && this.#line.estimatedBits === 0 && isMeasured(this.#parts.transport)) return serve(steps, usable)
    const { lossPercent, queuedMs } = this.#line
    const shown = { calm: lossPercent < 2 && queuedMs < unqueuedMs, carriedSince: this.#trials.carriedSince(now) }
    const { ladder, served } = climbLadder(this.#ladder ?? newLadder(usable), steps, usable, now, shown)
    this.#ladder = ladder
    return served
  }

  #push(floor: number): void {
    const { transport, onTrouble } = this.#parts
    if (floor > leastEstimate) this.#pushedAt = performance.now()
    if (floor === this.#floor || !('setMinOutgoingBitrate' in transport)) return
    this.#floor = floor
    void transport.setMinOutgoingBitrate(floor).catch((error: unknown) => { if (!transport.closed) onTrouble(error) })
  }

  /** Undefined: it is not there. */
  #isLayered(producerId: string): boolean | undefined {
    const type = this.#received.get(producerId)?.consumer.type
    return type && type !== 'simple'
  }

  close(): void {
    this.#wish = nothing
    for (const { consumer } of this.#received.values()) consumer.close()
    this.#received.clear()
  }

  #find(consumerId: string): Received | undefined {
    return [...this.#received.values()].find(({ consumer }) => consumer.id === consumerId)
  }

  #all(): Sent[] {
    const { voices, speaker, stage, own, gallery } = this.#wish
    return [...voices, ...[speaker, ...stage, own, ...gallery].flatMap((one) => one?.sent ?? [])]
  }

  #wanted(): Wanted {
    const { voices, speaker, stage, own, gallery, saveData } = this.#wish
    const tile = ({ sent, width, height }: Picture): Tile => ({ producerId: sent.producer.id, width, height, layers: sent.layers })
    return {
      // Whoever is muted costs nothing.
      voices: voices.filter((sent) => !sent.pausedByHub && !sent.pausedByOwner).map(({ producer, source }) => ({ producerId: producer.id, bitsPerSecond: voiceBits(source) })),
      page: true, speaker: speaker && tile(speaker), stage: stage.map(tile), own: own && tile(own), gallery: gallery.map(tile), saveData,
    }
  }

  async #settle(): Promise<void> {
    this.#settling = true
    try {
      while (this.#again) {
        this.#again = false
        const wanted = new Map(this.#all().map((sent) => [sent.producer.id, sent]))
        // What has come from elsewhere anew is another, whatever its id.
        for (const [producerId, { sent, consumer }] of this.#received) if (wanted.get(producerId) !== sent) this.#end(producerId, consumer)
        // The voices come first in the list, and one after the other.
        for (const [producerId, sent] of wanted) {
          if (this.#again) break
          if (!this.#received.has(producerId) && !this.#unfit.has(sent)) await this.#begin(sent)
        }
        this.apply()
      }
    } finally {
      this.#settling = false
    }
  }

  async #begin(sent: Sent): Promise<void> {
    const { peerId, leg, transport, rtpCapabilities, tell } = this.#parts
    const producerId = sent.producer.id
    try {
      await sent.bring(leg)
      if (!leg.router.canConsume({ producerId, rtpCapabilities })) return void this.#unfit.add(sent)
      // Voices too: what is missed is asked for again, as mediasoup does by itself for pictures only.
      const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true, enableRtx: true })
      if (!this.#all().includes(sent) || transport.closed) return consumer.close()
      this.#received.set(producerId, { sent, consumer, played: false, preferred: null, set: '', playsSince: null })
      tell(peerId, 'media:consumer', { consumerId: consumer.id, producerId, peerId: sent.peerId, source: sent.source, rtpParameters: consumer.rtpParameters as never, paused: true })
    } catch (error) {
      // It ended while it was being made.
      if (sent.producer.closed || transport.closed || leg.router.closed) return
      this.#unfit.add(sent)
      this.#parts.onTrouble(error)
    }
  }

  #end(producerId: string, consumer: Consumer): void {
    this.#received.delete(producerId)
    consumer.close()
    this.#parts.tell(this.#parts.peerId, 'media:consumerClosed', { consumerId: consumer.id })
  }

  #play({ sent, consumer, preferred, ...one }: Received, plays: boolean, fullest: Layer | null): void {
    if (consumer.closed) return
    const heed = (done: Promise<void>) => void done.catch((error: unknown) => { if (!consumer.closed) this.#parts.onTrouble(error) })
    if (fullest && !isVoice(sent.source)) {
      const spatialLayer = Math.min(fullest.spatial, preferred?.spatial ?? 2)
      const temporalLayer = Math.min(fullest.temporal, preferred?.temporal ?? 2)
      const { speaker, stage, own } = this.#wish
      const priority = speaker?.sent === sent ? priorities.speaker : stage.some((picture) => picture.sent === sent) ? priorities.stage : own?.sent === sent ? priorities.own : priorities.gallery
      const set = `${spatialLayer} ${temporalLayer} ${priority}`
      const known = this.#received.get(sent.producer.id)
      if (known && one.set !== set) {
        known.set = set
        heed(consumer.setPreferredLayers({ spatialLayer, temporalLayer }))
        heed(consumer.setPriority(priority))
      }
    }
    if (plays !== consumer.paused) return
    const known = this.#received.get(sent.producer.id)
    if (known) known.playsSince = plays ? performance.now() : null
    heed(plays ? consumer.resume() : consumer.pause())
  }

  /** At each change of the rung, and from time to time how the line does. */
  #tellLadder(now: number): void {
    const { rung } = this.served
    const since = this.#told?.rung === rung ? this.#told.since : Date.now()
    if (this.#told?.rung === rung && now - this.#told.at < 5_000) return
    this.#told = { rung, since, at: now }
    const { lossPercent, roundTripMs, estimatedBits } = this.#line
    this.#parts.tell(this.#parts.peerId, 'media:ladder', { rung, since, lossPercent: Math.round(lossPercent * 10) / 10, roundTripMs: Math.round(roundTripMs), availableKbps: Math.round(estimatedBits / 1000) })
  }
}
