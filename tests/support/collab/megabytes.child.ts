/** An attacker in a process of its own: messages of a megabyte, as fast as the line takes them; a new line whenever one is cut. */
import { once } from 'node:events'
import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

const [url = '', cookie = '', name = '', count = '0'] = process.argv.slice(2)
const { hostname, port, host } = new URL(url)
const doc = new Y.Doc()
doc.getMap('marks').set('x', new Uint8Array(1024 * 1024 - 100))
const message = encoding.encode((encoder) => {
  for (const number of [0, 2]) encoding.writeVarUint(encoder, number)
  encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(doc))
})
// Masked with zeros, which is allowed and costs nothing.
const head = Buffer.alloc(14)
head[0] = 0x82
head[1] = 0x80 | 127
head.writeBigUInt64BE(BigInt(message.length), 2)
const frame = Buffer.concat([head, message])

const codes: Record<string, number> = {}
let sent = 0
while (sent < Number(count)) {
  const line = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  let [open, heard] = [true, Buffer.alloc(0)]
  line.setMaxListeners(0)
  line.on('error', () => {}).on('close', () => (open = false))
  line.on('data', (data) => {
    heard = Buffer.concat([heard, data]).subarray(-4)
    if (heard.length >= 4 && heard[heard.length - 4] === 0x88) {
      codes[heard.readUInt16BE(heard.length - 2)] = (codes[heard.readUInt16BE(heard.length - 2)] ?? 0) + 1
      // It was told, and does not care.
      open = false
    }
  })
  line.write(`GET /collab/${name} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nCookie: ${cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`)
  while (open && sent < Number(count)) {
    sent += 1
    if (!line.write(frame)) await Promise.race([once(line, 'drain').catch(() => {}), once(line, 'close'), new Promise((resolve) => setTimeout(resolve, 10))])
  }
  line.destroy()
}
process.send?.({ sent, codes })
