/** One end of RTP in a process of its own, for a network namespace: told by its parent what to send, and tells what arrives. */
import { openRtpEnd, type RtpPacket } from './rtp.ts'

const end = await openRtpEnd()
process.on('message', ([to, { payload, ...packet }]: [number, Omit<RtpPacket, 'payload'> & { payload: string }]) => end.send(to, { ...packet, payload: Buffer.from(payload, 'base64') }))
process.once('disconnect', () => process.exit(0))
end.each(({ payload, ...packet }) => void process.send?.({ ...packet, payload: payload.toString('base64') }))
process.send?.({ port: end.port })
