import { afterAll, beforeAll, expect, test } from 'vitest'
import { testKilobytes } from '../../../shared/media/limits.ts'
import { Hall } from '../../support/live/hall.ts'

let hall: Hall
let cookie: string
beforeAll(async () => {
  hall = await Hall.open()
  cookie = await hall.cookie('an')
})
afterAll(() => hall.close())

const send = (body: Uint8Array<ArrayBuffer> | string, type = 'application/octet-stream', as = cookie) =>
  fetch(`${hall.url}/api/line-test`, { method: 'POST', headers: { 'content-type': type, cookie: as, origin: hall.url }, body })

test('noise comes and goes, is not kept on the way, and cannot be made smaller', async () => {
  const answer = await fetch(`${hall.url}/api/line-test`, { headers: { cookie, 'accept-encoding': 'gzip, br' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect((await answer.arrayBuffer()).byteLength).toBe(testKilobytes * 1024)
  const back = await send(new Uint8Array(100_000))
  expect(await back.json()).toEqual({ octets: 100_000 })
})

test('strangers measure nothing, and no more is taken than a measurement needs', async () => {
  expect((await fetch(`${hall.url}/api/line-test`)).status).toBe(401)
  expect((await send(new Uint8Array(10), undefined, '')).status).toBe(401)
  expect((await send(new Uint8Array(testKilobytes * 1024 + 1))).status).toBe(413)
  expect((await send('{"octets":1}', 'application/json')).status).toBe(400)
})
