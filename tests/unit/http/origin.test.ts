import { expect, test } from 'vitest'
import { openOrigins } from '../../../server/directory/origin.ts'
import { isFromThisMachine } from '../../../server/http/this-machine.ts'
import { tokenIn } from '../../../server/directory/cookie.ts'

test('an origin is allowed when it is the page’s own scheme, host and port, written in any way that means the same', () => {
  const { isAllowedOrigin } = openOrigins('https', [])
  for (const [origin, host] of [['https://hop.vn', 'hop.vn'], ['https://hop.vn', 'HOP.VN:443'], ['https://[fd00::1]:3000', '[fd00::1]:3000']] as const) {
    expect(isAllowedOrigin(origin, host), `${origin} ${host}`).toBe(true)
  }
  for (const [origin, host] of [
    [undefined, 'hop.vn'], ['', 'hop.vn'], ['null', 'hop.vn'], ['https://hop.vn', undefined], ['https://hop.vn', ''], ['http://hop.vn', 'hop.vn'],
    ['https://hop.vn:444', 'hop.vn'], ['https://hop.vn.evil.example', 'hop.vn'], ['https://evil.example', 'hop.vn@evil.example'],
    ['https://evil.example', 'evil.example/hop.vn'], ['https://hop.vn/', 'hop.vn'], ['https://HOP.vn', 'hop.vn'],
  ] as const) expect(isAllowedOrigin(origin, host), `${origin} ${host}`).toBe(false)
})

test('the own machine is loopback address, loopback name and no proxy, all three', () => {
  const from = (remoteAddress: string, headers: Record<string, string>) => isFromThisMachine({ socket: { remoteAddress }, headers })
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost']) {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(from(address, { host }), `${address} ${host}`).toBe(true)
  }
  expect(from('192.168.1.7', { host: 'localhost:3000' })).toBe(false)
  expect(from('::ffff:10.0.0.1', { host: 'localhost:3000' })).toBe(false)
  expect(from('127.0.0.1', { host: 'evil.example:3000' })).toBe(false)
  expect(from('127.0.0.1', { host: 'localhost.evil.example' })).toBe(false)
  expect(from('127.0.0.1', {})).toBe(false)
  expect(from('127.0.0.1', { host: 'localhost', 'x-forwarded-for': '' })).toBe(false)
})

test('a session token is found among other cookies by its exact name and shape only', () => {
  const token = 'A'.repeat(43)
  expect(tokenIn(`lang=vi; giaoban=${token}; x=1`, 'giaoban')).toBe(token)
  for (const header of [undefined, '', `xgiaoban=${token}`, `giaoban=${token}A`, `giaoban=${token.slice(1)}`, `giaoban="${token}"`, `__Host-giaoban=${token}`, 'giaoban']) {
    expect(tokenIn(header, 'giaoban'), String(header)).toBeNull()
  }
})
