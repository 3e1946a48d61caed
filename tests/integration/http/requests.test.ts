import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAudit } from '../../../server/audit/audit.ts'
import { startHub, testPassword, type TestHub } from '../../support/hub.ts'
import { auditOf, refused } from './answers.ts'

let hub: TestHub
let administrator: string
beforeAll(async () => {
  hub = await startHub({ config: { publicOrigins: ['https://hop.tinh.gov.vn'] } })
  await hub.addAccount({ id: 'admin', roles: ['administrator'] })
  administrator = await hub.signIn('admin')
})
afterAll(() => hub.stop())

const addUnit = (body: unknown, headers: Record<string, string> = {}, cookie: string | undefined = administrator) =>
  hub.request('/api/units', { method: 'POST', cookie, body, headers })
const unit = (name: string) => ({ name, shortName: '', order: 1 })
const unitNames = async () => (await (await hub.request('/api/units', { cookie: administrator })).json()).units.map(({ name }: { name: string }) => name)

describe('state-changing requests from elsewhere', () => {
  const host = () => new URL(hub.url).host
  test.each([
    ['another site', () => 'https://evil.example'],
    ['no page at all (null)', () => 'null'],
    ['another port of the same host', () => 'http://localhost:1'],
    ['the same host over the other scheme', () => `https://${host()}`],
    ['a host that begins like ours', () => `http://${host()}.evil.example`],
    ['the public origin with a path', () => 'https://hop.tinh.gov.vn/'],
    ['an empty origin', () => ''],
  ])('are refused from %s, and change nothing', async (_where, origin) => {
    await refused(await addUnit(unit('Từ nơi khác'), { origin: origin() }), 403, 'request.foreignOrigin')
    expect(await unitNames()).not.toContain('Từ nơi khác')
  })

  test('are refused without an Origin when a session cookie comes along', async () => {
    const answer = await fetch(`${hub.url}/api/units`, {
      method: 'POST', headers: { cookie: administrator, 'content-type': 'application/json' }, body: JSON.stringify(unit('Không nguồn')),
    })
    await refused(answer, 403, 'request.foreignOrigin')
  })

  test('a sign-in from another site is refused too, so that nobody is signed in as somebody else', async () => {
    const answer = await hub.request('/api/session', {
      method: 'POST', body: { username: 'admin', password: testPassword }, headers: { origin: 'https://evil.example' },
    })
    await refused(answer, 403, 'request.foreignOrigin')
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('a script without cookie and Origin may sign in', async () => {
    const answer = await fetch(`${hub.url}/api/session`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'admin', password: testPassword }),
    })
    expect(answer.status).toBe(200)
  })

  test('a configured public origin is allowed, for a hub behind a proxy', async () => {
    expect((await addUnit(unit('Qua máy chủ trung gian'), { origin: 'https://hop.tinh.gov.vn' })).status).toBe(200)
  })
})

describe('strictness', () => {
  test.each([
    ['an unknown field', { ...unit('A'), extra: 1 }, 'body.extra'],
    ['a missing field', { name: 'A', shortName: '' }, 'body.order'],
    ['a number written as text', { ...unit('A'), order: '1' }, 'body.order'],
    ['null for text', { ...unit('A'), name: null }, 'body.name'],
    ['a blank name', unit('   '), 'body.name'],
    ['a control character', unit('A\u0000B'), 'body.name'],
    ['a name too long', unit('a'.repeat(201)), 'body.name'],
    ['a list for an object', [unit('A')], 'body'],
    ['nothing', 'null', 'body'],
    ['text that is not JSON', '{"name": ', 'body'],
    ['a __proto__ key', '{"name":"A","shortName":"","order":1,"__proto__":{"admin":true}}', 'body'],
    ['a constructor.prototype key', '{"name":"A","shortName":"","order":1,"constructor":{"prototype":{"admin":true}}}', 'body'],
  ])('%s is refused with the field’s name, and changes nothing', async (_what, body, field) => {
    const before = await unitNames()
    expect((await refused(await addUnit(body), 400, 'request.malformed')).params).toEqual({ field })
    expect(await unitNames()).toEqual(before)
  })

  test('form posts and plain text are not read', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      await refused(await addUnit('name=A', { 'content-type': type }), 400, 'request.malformed')
    }
  })

  test('a body of megabytes is refused', async () => {
    await refused(await addUnit({ ...unit('A'), shortName: 'x'.repeat(400_000) }), 413, 'request.tooLarge')
  })

  test('ids and queries are checked like bodies', async () => {
    await refused(await hub.request('/api/units/..%2f..%2fetc', { method: 'PATCH', cookie: administrator, body: { order: 2 } }), 400, 'request.malformed')
    await refused(await hub.request('/api/audit?before=-1', { cookie: administrator }), 400, 'request.malformed')
    await refused(await hub.request('/api/audit?before=1&extra=1', { cookie: administrator }), 400, 'request.malformed')
    await refused(await hub.request('/api/units/%ff', { method: 'PATCH', cookie: administrator, body: { order: 2 } }), 400, 'request.malformed')
  })

  test('schema comes before permission, permission before the rules, and the session before everything', async () => {
    await hub.addAccount({ id: 'delegate' })
    const delegate = await hub.signIn('delegate')
    await refused(await addUnit({ wrong: true }, {}, ''), 401, 'session.required')
    await refused(await addUnit({ wrong: true }, {}, delegate), 400, 'request.malformed')
    await refused(await addUnit(unit('Sở Nội vụ'), {}, delegate), 403, 'permission.denied')
  })
})

describe('answers', () => {
  test('unknown routes are refused as requests, in Vietnamese unless the reader prefers English', async () => {
    expect((await refused(await hub.request('/api/nothing'), 404, 'notFound')).sentence).toBe('Không tìm thấy nội dung này.')
    for (const [headers, sentence] of [
      [{ 'accept-language': 'en-GB,en;q=0.9,vi;q=0.8' }, 'This does not exist.'],
      [{ 'accept-language': 'en;q=0.1, vi' }, 'Không tìm thấy nội dung này.'],
      [{ 'accept-language': 'fr, de;q=0.5' }, 'Không tìm thấy nội dung này.'],
      [{ cookie: 'lang=en', 'accept-language': 'vi' }, 'This does not exist.'],
      [{ cookie: 'other=1; lang=vi', 'accept-language': 'en' }, 'Không tìm thấy nội dung này.'],
    ] as const) {
      const answer = await hub.request('/api/nothing', { method: 'POST', headers })
      expect((await refused(answer, 404, 'notFound')).sentence).toBe(sentence)
    }
  })

  test('every answer carries the security headers, and API answers are not kept by browsers', async () => {
    for (const path of ['/api/session', '/api/nothing', '/', '/healthz', '/certificate']) {
      const { headers } = await hub.request(path)
      const policy = Object.fromEntries((headers.get('content-security-policy') ?? '').split(';').map(part => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]))
      expect(policy, path).toEqual({
        'default-src': "'self'", 'script-src': "'self' 'wasm-unsafe-eval'", 'style-src': "'self'", 'img-src': "'self' blob: data:", 'font-src': "'self'",
        'connect-src': "'self'", 'worker-src': "'self'", 'object-src': "'none'", 'base-uri': "'none'", 'form-action': "'self'", 'frame-ancestors': "'none'",
      })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-powered-by')).toBeNull()
    }
    for (const path of ['/api/session', '/api/nothing', '/healthz', '/readyz']) {
      expect((await hub.request(path)).headers.get('cache-control'), path).toBe('no-store')
    }
  })

  test('/healthz and /readyz answer; /readyz says so when the store does not', async () => {
    expect(await (await hub.request('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await hub.request('/readyz')).json()).toEqual({ status: 'ready', store: 'sqlite' })
    const other = await startHub()
    await other.hub.store.close()
    const answer = await other.request('/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ status: 'storeDoesNotAnswer', store: 'sqlite' })
    expect((await other.request('/healthz')).status).toBe(200)
    const failed = await refused(await other.request('/api/people', { cookie: `giaoban=${'a'.repeat(43)}` }), 500, 'hub.failed')
    expect(failed).toEqual({ code: 'hub.failed', sentence: 'Máy chủ gặp lỗi. Chưa có gì thay đổi.' })
    await other.hub.app.close()
  })

  test('the audit record is paged, newest first, for administrators only', async () => {
    for (let index = 0; index < 120; index++) await hub.hub.audit.record({ what: 'paper.downloaded', by: 'admin', meetingId: 'm1', about: `paper${index}` })
    const first = await (await hub.request('/api/audit', { cookie: administrator })).json()
    const all = await auditOf(hub)
    expect(first.entries).toHaveLength(100)
    expect(first.entries[0]).toEqual({ seq: all.length, at: all.at(-1)?.at, what: 'paper.downloaded', by: 'admin', about: 'paper119', address: null, meetingId: 'm1', details: {} })
    const rest = await (await hub.request(`/api/audit?before=${first.before}`, { cookie: administrator })).json()
    expect([...first.entries, ...rest.entries].map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).reverse())
    expect(rest.before).toBeNull()
  })

  test('audit entries recorded at once are appended together and keep the chain', async () => {
    const before = (await auditOf(hub)).length
    await Promise.all(Array.from({ length: 300 }, (_none, index) => hub.hub.audit.record({ what: 'paper.downloaded', by: 'admin', about: `at-once-${index}` })))
    const all = await auditOf(hub)
    expect(all.slice(before).map(({ data }) => data.about)).toEqual(Array.from({ length: 300 }, (_none, index) => `at-once-${index}`))
    let appends = 0
    for await (const { firstSeq } of hub.hub.store.logs.read('audit', before)) if (firstSeq > before) appends++
    expect(appends).toBeLessThan(10)
  })

  test('two hubs on one store write one audit record: whoever comes second numbers its entries anew', async () => {
    const before = (await auditOf(hub)).length
    const other = openAudit(hub.hub.store.logs)
    await Promise.all(Array.from({ length: 40 }, (_none, index) =>
      (index % 2 ? other : hub.hub.audit).record({ what: 'paper.downloaded', by: 'admin', about: `either-${index}` })))
    const about = (await auditOf(hub)).slice(before).map(({ data }) => data.about)
    expect(about.toSorted()).toEqual(Array.from({ length: 40 }, (_none, index) => `either-${index}`).toSorted())
  })
})
