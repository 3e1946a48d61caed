import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A sender and a receiver of RTP on the loopback: real packets, made here. */
export interface RtpEnd {
  port: number
  /** Sends one packet of `payload` to `to`. */
  send(to: number, packet: RtpPacket): void
  /** The next `count` packets that arrive, RTCP left out. */
  receive(count: number): Promise<RtpPacket[]>
  /** Told of every packet that arrives from now on. */
  each(listener: (packet: RtpPacket) => void): void
  close(): void
}

export interface RtpPacket { payloadType: number; sequence: number; timestamp: number; ssrc: number; payload: Buffer }

export async function openRtpEnd(): Promise<RtpEnd> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    port: socket.address().port,
    send: (to, packet) => socket.send(encode(packet), to, '127.0.0.1'),
    receive: (count) => new Promise((resolve) => {
      const packets: RtpPacket[] = []
      const take = (message: Buffer) => {
        const packet = decode(message)
        if (packet) packets.push(packet)
        if (packets.length < count) return
        socket.off('message', take)
        resolve(packets)
      }
      socket.on('message', take)
    }),
    each: (listener) => void socket.on('message', (message: Buffer) => {
      const packet = decode(message)
      if (packet) listener(packet)
    }),
    close: () => socket.close(),
  }
}

function encode({ payloadType, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const header = Buffer.alloc(12)
  header[0] = 0x80
  header[1] = payloadType
  header.writeUInt16BE(sequence & 0xffff, 2)
  header.writeUInt32BE(timestamp >>> 0, 4)
  header.writeUInt32BE(ssrc, 8)
  return Buffer.concat([header, payload])
}

/** Null for RTCP (RFC 5761: types 64 to 95 where RTP's payload type would be). */
function decode(message: Buffer): RtpPacket | null {
  const payloadType = (message[1] ?? 0) & 0x7f
  if (message.length < 12 || (payloadType >= 64 && payloadType <= 95)) return null
  const sources = ((message[0] ?? 0) & 0x0f) * 4
  const extension = (message[0] ?? 0) & 0x10 ? 4 + message.readUInt16BE(14 + sources) * 4 : 0
  return {
    payloadType, sequence: message.readUInt16BE(2), timestamp: message.readUInt32BE(4), ssrc: message.readUInt32BE(8),
    payload: message.subarray(12 + sources + extension),
  }
}
