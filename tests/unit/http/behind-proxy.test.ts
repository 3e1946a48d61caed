import { expect, test } from 'vitest'
import { isBehindProxy } from '../../../server/config.ts'
import { isFromThisMachine } from '../../../server/http/this-machine.ts'

const local = { socket: { remoteAddress: '127.0.0.1' }, headers: { host: '127.0.0.1:3000' } }

test('a hub behind a proxy takes nobody for its own machine, even when the proxy adds no header', () => {
  expect(isFromThisMachine(local)).toBe(true)
  expect(isFromThisMachine({ ...local, server: { behindProxy: true } })).toBe(false)
})

test('a public address or a trusted proxy in the settings means that others reach the hub', () => {
  expect(isBehindProxy({ publicOrigins: [], trustedProxies: [] })).toBe(false)
  expect(isBehindProxy({ publicOrigins: ['http://localhost:8080', 'http://[::1]:8080'], trustedProxies: [] })).toBe(false)
  expect(isBehindProxy({ publicOrigins: ['https://hop.tinh.gov.vn'], trustedProxies: [] })).toBe(true)
  expect(isBehindProxy({ publicOrigins: [], trustedProxies: ['10.0.0.5'] })).toBe(true)
})
