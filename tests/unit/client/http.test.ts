import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { failureSentence, onRefusal, request } from '../../../client/http.ts'

let server: Server | undefined
afterEach(() => { server?.closeAllConnections(); server?.close() })

/** The address of a real server that gives every request the same answer. */
async function answering(status: number, body: string, type = 'application/json'): Promise<string> {
  server = createServer((_request, response) => response.writeHead(status, { 'content-type': type }).end(body))
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/thing`
}

test('an answer brings its data', async () => {
  expect(await request('GET', await answering(200, '{"people":[]}'))).toEqual({ ok: true, data: { people: [] } })
})

test('a refusal is an answer with its sentence, told to whoever listens', async () => {
  const heard: string[] = []
  const stop = onRefusal(({ code }) => heard.push(code))
  const answer = await request('POST', await answering(401, '{"code":"session.required","sentence":"Xin đăng nhập để tiếp tục."}'), { body: {} })
  stop()
  expect(answer).toMatchObject({ ok: false, kind: 'refused', status: 401, refusal: { code: 'session.required' } })
  expect(answer.ok || failureSentence(answer, 'offline')).toBe('Xin đăng nhập để tiếp tục.')
  expect(heard).toEqual(['session.required'])
})

test('a page from something in between is no answer of the hub', async () => {
  expect(await request('GET', await answering(502, '<html>Bad gateway</html>', 'text/html'))).toEqual({ ok: false, kind: 'unreachable' })
})

test('when nobody answers, that is an answer of its own', async () => {
  const url = await answering(200, '{}')
  await new Promise(resolve => server?.close(resolve))
  expect(await request('GET', url)).toEqual({ ok: false, kind: 'unreachable' })
})
