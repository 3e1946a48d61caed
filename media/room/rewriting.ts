/**
 * Makes one unbroken stream of RTP out of several that follow each other: one ssrc, numbers and times that go on, and for VP8 picture numbers that go on,
 * by which decoders know what they have had. What is in the packets otherwise stays; header extensions are left out, their numbers mean nothing elsewhere.
 */
export class Rewriting {
  readonly #ssrc: number
  readonly #payloadType: number
  readonly #clockRate: number
  readonly #isVp8: boolean
  #last: { sequence: number; timestamp: number; at: number; picture: number | null; base: number | null } | null = null
  /** Of the stream of now so few have come that a number below its first is of before. */
  #young = true
  /** What is added to the numbers of the stream of now; null before its first packet. */
  #shift: { first: number; sequence: number; timestamp: number; picture: number | null; base: number | null } | null = null

  constructor({ ssrc, payloadType, clockRate, isVp8 }: { ssrc: number; payloadType: number; clockRate: number; isVp8: boolean }) {
    this.#ssrc = ssrc
    this.#payloadType = payloadType
    this.#clockRate = clockRate
    this.#isVp8 = isVp8
  }

  /** Another stream follows. */
  begin(): void {
    this.#shift = null
    this.#young = true
  }

  /** The packet as it goes on; null: it is of before the stream's first, or none at all. `now`: milliseconds. */
  next(packet: Buffer, now: number): Buffer | null {
    const payloadAt = payloadStart(packet)
    if (payloadAt === null) return null
    const [sequence, timestamp] = [packet.readUInt16BE(2), packet.readUInt32BE(4)]
    const last = this.#last
    this.#shift ??= {
      first: sequence, picture: null, base: null,
      sequence: last ? (last.sequence + 1 - sequence) & 0xffff : 0,
      timestamp: last ? (last.timestamp + Math.max(1, Math.round(((now - last.at) * this.#clockRate) / 1000)) - timestamp) >>> 0 : 0,
    }
    // Late, and of before what was taken first: its number is another stream's.
    if (this.#young && ((sequence - this.#shift.first) & 0xffff) >= 0x8000) return null
    if (((sequence - this.#shift.first) & 0xffff) > 1_000) this.#young = false
    const out = Buffer.allocUnsafe(12 + packet.length - payloadAt)
    out[0] = 0x80 | ((packet[0] ?? 0) & 0x20)
    out[1] = ((packet[1] ?? 0) & 0x80) | this.#payloadType
    const [outSequence, outTimestamp] = [(sequence + this.#shift.sequence) & 0xffff, (timestamp + this.#shift.timestamp) >>> 0]
    out.writeUInt16BE(outSequence, 2)
    out.writeUInt32BE(outTimestamp, 4)
    out.writeUInt32BE(this.#ssrc, 8)
    packet.copy(out, 12, payloadAt)
    const numbers = this.#isVp8 ? this.#vp8(out) : { picture: null, base: null }
    const newer = !last || ((outSequence - last.sequence) & 0xffff) < 0x8000
    if (newer) this.#last = { sequence: outSequence, timestamp: outTimestamp, at: now, picture: numbers.picture ?? last?.picture ?? null, base: numbers.base ?? last?.base ?? null }
    return out
  }

  /** RFC 7741, 4.2: picture number (7 or 15 bits) and the number of the lowest rate's picture. */
  #vp8(out: Buffer): { picture: number | null; base: number | null } {
    const shift = this.#shift
    const numbers: { picture: number | null; base: number | null } = { picture: null, base: null }
    if (!shift || ((out[12] ?? 0) & 0x80) === 0 || out.length < 14) return numbers
    const flags = out[13] ?? 0
    let at = 14
    if (flags & 0x80) {
      const long = ((out[at] ?? 0) & 0x80) !== 0
      if (out.length < at + (long ? 2 : 1)) return numbers
      const mask = long ? 0x7fff : 0x7f
      const picture = (long ? out.readUInt16BE(at) : out[at] ?? 0) & mask
      shift.picture ??= this.#last?.picture === null || !this.#last ? 0 : this.#last.picture + 1 - picture
      numbers.picture = (picture + shift.picture) & mask
      if (long) out.writeUInt16BE(numbers.picture | 0x8000, at)
      else out[at] = numbers.picture
      at += long ? 2 : 1
    }
    if (flags & 0x40 && out.length > at) {
      const base = out[at] ?? 0
      shift.base ??= this.#last?.base === null || !this.#last ? 0 : this.#last.base + 1 - base
      numbers.base = (base + shift.base) & 0xff
      out[at] = numbers.base
    }
    return numbers
  }
}

/** Where the payload begins; null for what is no RTP. */
function payloadStart(packet: Buffer): number | null {
  if (packet.length < 12 || ((packet[0] ?? 0) & 0xc0) !== 0x80) return null
  const after = 12 + ((packet[0] ?? 0) & 0x0f) * 4
  if (((packet[0] ?? 0) & 0x10) === 0) return packet.length >= after ? after : null
  if (packet.length < after + 4) return null
  const start = after + 4 + packet.readUInt16BE(after + 2) * 4
  return packet.length >= start ? start : null
}

/** The ssrc that a key frame is asked of (RFC 4585, 5104); none in other reports. */
export function keyFrameAsked(rtcp: Buffer): number[] {
  const asked: number[] = []
  for (let at = 0; at + 12 <= rtcp.length;) {
    const [format, type, length] = [(rtcp[at] ?? 0) & 0x1f, rtcp[at + 1], rtcp.readUInt16BE(at + 2) * 4 + 4]
    if (type === 206 && format === 1) asked.push(rtcp.readUInt32BE(at + 8))
    if (type === 206 && format === 4 && at + 16 <= rtcp.length) asked.push(rtcp.readUInt32BE(at + 12))
    at += length
  }
  return asked
}
