import type { ConsumerStat, ProducerStat } from 'mediasoup/types'

/** Milliseconds that are looked back on, and packets below which a share says nothing. */
const memory = 6_000
const fewest = 40

interface Count { at: number; ssrc: number; packets: number; repeated: number }

/** How much of a voice had to be sent again. What arrived at the second time a receiver does not report as lost, but the line lost it. */
export class Repeats {
  #counts: Count[] = []

  /** Hundredths, since some seconds. */
  percent(out: ConsumerStat | ProducerStat | undefined, now: number): number {
    if (!out) return 0
    const { ssrc, packetCount: packets, packetsRetransmitted: repeated } = out
    this.#counts = [...this.#counts.filter((count) => count.ssrc === ssrc && now - count.at < memory), { at: now, ssrc, packets, repeated }]
    const [first] = this.#counts
    const passed = first ? packets - first.packets : 0
    return first && passed >= fewest ? Math.min(100, ((repeated - first.repeated) / passed) * 100) : 0
  }
}
