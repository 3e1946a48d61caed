import { PassThrough, Readable } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { cut } from '../../../server/http/paper-file.ts'

test('a transfer over HTTPS is cut without an exception, which would end the hub', () => {
  const content = Readable.from(['…'])
  const socket = new TLSSocket(new PassThrough() as never)
  cut(content, { raw: { socket } as unknown as IncomingMessage })
  expect([content.destroyed, socket.destroyed]).toEqual([true, true])
})
