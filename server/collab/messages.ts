/** y-websocket's messages as bytes: type 0 is sync, whose kinds are 0 (state vector: "what do I lack"), 1 (the answer) and 2 (an update). */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { collabNotice } from '../../shared/contracts/collab.ts'

const sync = 0
const awareness = 1
const auth = 2
const queryAwareness = 3
const syncStep1 = 0
const syncStep2 = 1
const update = 2

export type Heard =
  | { kind: 'asks'; vector: Uint8Array }
  | { kind: 'change'; update: Uint8Array }
  | { kind: 'asksForNotices' }
  /** Presence belongs on Socket.IO: what a client claims about people is neither kept nor passed on. */
  | { kind: 'presence' }

/** What a client sent; null when it is nothing that this hub knows. The bytes are a copy that may be handed to another thread. */
export function readMessage(message: Uint8Array): Heard | null {
  try {
    const decoder = decoding.createDecoder(message)
    const type = decoding.readVarUint(decoder)
    if (type === awareness || type === queryAwareness) return { kind: 'presence' }
    const kind = decoding.readVarUint(decoder)
    if (type === collabNotice.type) return kind === collabNotice.ask ? { kind: 'asksForNotices' } : null
    if (type !== sync) return null
    const content = decoding.readVarUint8Array(decoder)
    if (content.length === 0 || decoding.hasContent(decoder)) return null
    if (kind === syncStep1) return { kind: 'asks', vector: content.slice() }
    return kind === syncStep2 || kind === update ? { kind: 'change', update: content.slice() } : null
  } catch {
    return null
  }
}

const syncMessage = (kind: number, content: Uint8Array) => encoding.encode((encoder) => {
  encoding.writeVarUint(encoder, sync)
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint8Array(encoder, content)
})

export const askFor = (vector: Uint8Array): Buffer => frame(syncMessage(syncStep1, vector))
export const answerTo = (content: Uint8Array): Buffer => frame(syncMessage(syncStep2, content))
export const updateOf = (content: Uint8Array): Buffer => frame(syncMessage(update, content))

/** An update in which nothing is: y-websocket takes a line that is silent for 30 s for dead. */
export const signOfLife: Buffer = updateOf(new Uint8Array([0, 0]))

export const notice = (kind: number, value: number): Buffer => frame(encoding.encode((encoder) => {
  for (const number of [collabNotice.type, kind, value]) encoding.writeVarUint(encoder, number)
}))

/** What y-websocket itself knows of rights: a sentence for its console. */
export const denied: Buffer = frame(encoding.encode((encoder) => {
  encoding.writeVarUint(encoder, auth)
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarString(encoder, 'read-only')
}))

/** A whole WebSocket frame (RFC 6455 5.2: binary, final, unmasked), made once for all who get it. */
export function frame(message: Uint8Array): Buffer {
  const { length } = message
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const bytes = Buffer.allocUnsafeSlow(head + length)
  bytes[0] = 0x82
  if (head === 2) bytes[1] = length
  else if (head === 4) {
    bytes[1] = 126
    bytes.writeUInt16BE(length, 2)
  } else {
    bytes[1] = 127
    bytes.writeBigUInt64BE(BigInt(length), 2)
  }
  bytes.set(message, head)
  return bytes
}
