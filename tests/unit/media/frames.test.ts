import { expect, test } from 'vitest'
import { Outbox } from '../../../media/node/outbox.ts'
import { FrameReader, frameOf, FrameRefused, mostFrame } from '../../../media/wire/frames.ts'

function read(pieces: readonly Buffer[]): unknown[] {
  const reader = new FrameReader()
  const found: unknown[] = []
  for (const piece of pieces) {
    reader.add(piece)
    for (let next = reader.next(); next; next = reader.next()) found.push(next.message)
  }
  return found
}

test('messages come out as they went in, in whatever pieces they arrive', () => {
  const messages = [{ a: 'tiếng Việt' }, [], null, 'x'.repeat(10_000), { n: 1 }]
  const bytes = Buffer.concat(messages.map(frameOf))
  for (const size of [1, 2, 3, 5, 7, 4_096, bytes.length]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_none, at) => bytes.subarray(at * size, (at + 1) * size))
    expect(read(pieces)).toEqual(messages)
  }
})

test('what is too long is refused before it has arrived, and never sent; what is no JSON is refused', () => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(mostFrame + 1)
  expect(() => read([head])).toThrow(FrameRefused)
  expect(() => frameOf('x'.repeat(mostFrame))).toThrow(FrameRefused)
  head.writeUInt32BE(2)
  expect(() => read([head, Buffer.from('{x')])).toThrow(FrameRefused)
})

test('what a room tells many peers in one breath is one message, and nothing overtakes it', async () => {
  const sent: unknown[] = []
  const outbox = new Outbox({ send: (message) => void sent.push(message) })
  const levels = [{ peerId: 'a', decibels: -20 }]
  for (const peerId of ['a', 'b', 'c']) outbox.tell('m1', peerId, 'media:levels', levels)
  outbox.tell('m1', 'd', 'media:levels', [...levels])
  outbox.reply({ id: 1, answer: null })
  for (const peerId of ['a', 'b']) outbox.tell('m1', peerId, 'media:lost', undefined)
  await Promise.resolve()
  const tell = (peerIds: string[], event: string, message: unknown) => ({ room: 'm1', event: 'tell', args: [peerIds, event, message] })
  expect(sent).toEqual([tell(['a', 'b', 'c'], 'media:levels', levels), tell(['d'], 'media:levels', levels), { id: 1, answer: null }, tell(['a'], 'media:lost', null), tell(['b'], 'media:lost', null)])
})
