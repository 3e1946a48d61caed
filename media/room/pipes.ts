import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Consumer, PipeTransport, Producer } from 'mediasoup/types'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Lent, PipeEnd } from '../../shared/media/span-control.ts'
import type { RoomLeg } from './legs.ts'
import { timedByReports } from './sent.ts'

export interface PipeSettings {
  /** Where pipes of this process listen; `announced`: the address by which other processes reach it, null for the address itself. */
  listen: { ip: string; announced: string | null }
  /** UDP; each room takes one for every other process that it spans. Null: any free one. */
  ports: { min: number; max: number } | null
}

interface LentOne { consumer: Consumer; paused: boolean; settling: boolean }
interface Pipe { leg: RoomLeg; transport: PipeTransport; lent: Map<string, LentOne> }

/** The pipes from one part of a room to its other parts: each carries both ways, encrypted, and repairs what is lost. */
export class Pipes {
  readonly #settings: PipeSettings
  readonly #pipes = new Map<string, Pipe>()
  readonly #onLost: (other: string) => void

  constructor(settings: PipeSettings, onLost: (other: string) => void) {
    this.#settings = settings
    this.#onLost = onLost
  }

  async open(other: string, leg: RoomLeg): Promise<PipeEnd> {
    this.close(other)
    const { listen: { ip, announced }, ports } = this.#settings
    const transport = await leg.router.createPipeTransport({
      listenInfo: { protocol: 'udp', ip, ...(announced === null ? {} : { announcedAddress: announced }), ...(ports === null ? {} : { portRange: ports }) }, enableRtx: true, enableSrtp: true,
    })
    this.close(other)
    this.#pipes.set(other, { leg, transport, lent: new Map() })
    transport.observer.once('close', () => {
      if (this.#pipes.get(other)?.transport !== transport) return
      this.#pipes.delete(other)
      this.#onLost(other)
    })
    const { tuple: { localAddress, localPort }, srtpParameters } = transport
    if (!srtpParameters) throw new Error('a pipe without keys')
    return { address: localAddress, port: localPort, srtp: srtpParameters }
  }

  async connect(other: string, { address, port, srtp }: PipeEnd): Promise<void> {
    const ip = isIP(address) === 0 ? (await lookup(address)).address : address
    await this.#pipe(other).transport.connect({ ip, port, srtpParameters: srtp as NonNullable<PipeTransport['srtpParameters']> })
  }

  leg(other: string): RoomLeg {
    return this.#pipe(other).leg
  }

  /** `paused`: nobody takes it there. */
  async lend(other: string, producerId: string, paused: () => boolean): Promise<Lent> {
    const { transport, lent } = this.#pipe(other)
    const consumer = lent.get(producerId)?.consumer ?? await transport.consume({ producerId })
    const one = lent.get(producerId) ?? { consumer, paused: paused(), settling: false }
    lent.set(producerId, one)
    consumer.observer.once('close', () => { if (lent.get(producerId) === one) lent.delete(producerId) })
    await settle(one)
    return { kind: consumer.kind, rtpParameters: consumer.rtpParameters as Lent['rtpParameters'] }
  }

  /** Nothing goes over the line between machines that nobody takes there. */
  async pause(other: string, producerId: string, paused: boolean): Promise<void> {
    const one = this.#pipes.get(other)?.lent.get(producerId)
    if (!one) return
    one.paused = paused
    await settle(one)
  }

  borrow(other: string, producerId: string, { kind, rtpParameters }: Lent): Promise<Producer> {
    return this.#pipe(other).transport.produce({ id: producerId, kind, rtpParameters: timedByReports(rtpParameters) as never, paused: true })
  }

  /** False when there was none. */
  close(other: string): boolean {
    const pipe = this.#pipes.get(other)
    this.#pipes.delete(other)
    pipe?.transport.close()
    return pipe !== undefined
  }

  /** @throws Refused `media.unknown` */
  #pipe(other: string): Pipe {
    const pipe = this.#pipes.get(other)
    if (!pipe) throw new Refused('media.unknown')
    return pipe
  }
}

/** One change after the other: what is asked for while the worker has not answered yet counts when it has. */
async function settle(one: LentOne): Promise<void> {
  if (one.settling) return
  one.settling = true
  try {
    while (!one.consumer.closed && one.consumer.paused !== one.paused) await (one.paused ? one.consumer.pause() : one.consumer.resume())
  } finally {
    one.settling = false
  }
}
