import { request as httpRequest } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { lanAddresses } from '../../../server/addresses.ts'
import { startHub, testPassword, type TestHub, type TestHubOptions } from '../../support/hub.ts'
import { auditOf, refused } from './answers.ts'

let hub: TestHub
const start = async (options: TestHubOptions = {}) => { hub = await startHub(options) }
afterEach(() => hub.stop())

const first = (username: string, more: object = {}) => ({ name: 'Phạm Quản Trị', position: '', username, password: 'Bến Ninh Kiều 1876', ...more })
const setUp = (body: object, headers: Record<string, string> = {}) => hub.request('/api/setup', { method: 'POST', body, headers })
const session = async (cookie?: string) => (await hub.request('/api/session', { cookie })).json()

test('an empty hub asks for its first administrator once, and signs them in', async () => {
  await start()
  expect(await session()).toEqual({ person: null, mustChangePassword: false, needsSetup: true })
  await refused(await setUp(first('quantri', { password: 'quantri123' })), 422, 'password.holdsUsername')
  await refused(await setUp(first('quantri', { roles: ['administrator'] })), 400, 'request.malformed')
  const answer = await setUp(first('QuanTri'))
  expect(await answer.json()).toMatchObject({ person: { username: 'quantri', roles: ['administrator', 'office'] }, needsSetup: false, mustChangePassword: false })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect((await session(cookie)).person.username).toBe('quantri')
  expect((await hub.request('/api/accounts', { cookie })).status).toBe(200)
  expect((await session()).needsSetup).toBe(false)
  await refused(await setUp(first('another')), 409, 'setup.done')
  expect((await auditOf(hub)).map(({ type }) => type)).toEqual(['account.added', 'setup.done'])
})

test('of twenty first administrators at the same moment one is made', async () => {
  await start()
  const answers = await Promise.all(Array.from({ length: 20 }, (_none, index) => setUp(first(`admin${index}x`, { password: `Bến Ninh Kiều ${index}` }))))
  const made = answers.findIndex(({ status }) => status === 200)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const answer of answers) if (answer.status !== 200) await refused(answer, 409, 'setup.done')
  expect(await hub.hub.directory.accounts.all()).toHaveLength(1)
  expect(await hub.signIn(`admin${made}x`, `Bến Ninh Kiều ${made}`)).toBeTruthy()
})

test('through a proxy, or to another name than the hub’s own, the code printed at start is asked for', async () => {
  await start()
  await refused(await setUp(first('quantri'), { 'x-forwarded-for': '10.0.0.9' }), 403, 'setup.fromElsewhere')
  await refused(await setUp(first('quantri', { code: '00000000x' }), { 'x-forwarded-for': '10.0.0.9' }), 403, 'setup.fromElsewhere')
  const { code } = hub.hub.directory.setup
  expect(code).toMatch(/^\d{8}$/)
  expect((await setUp(first('quantri', { code }), { 'x-forwarded-for': '10.0.0.9' })).status).toBe(200)
})

test('the code cannot be guessed at leisure', async () => {
  await start()
  const guess = () => setUp(first('quantri', { code: '1' }), { forwarded: 'for=10.0.0.9' })
  for (let attempt = 0; attempt < 5; attempt++) await refused(await guess(), 403, 'setup.fromElsewhere')
  await refused(await guess(), 429, 'session.tooManyAttempts')
})

const demoSignIn = (headers: Record<string, string> = {}) =>
  hub.request('/api/session', { method: 'POST', body: { username: 'demo', password: testPassword }, headers })

/** fetch does not let a page choose its Host header; a rebinding attack does. */
function signInAs(host: string): Promise<number> {
  const body = JSON.stringify({ username: 'demo', password: testPassword })
  return new Promise((resolve, reject) => {
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = httpRequest(`${hub.url}/api/session`, { method: 'POST', headers }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    request.once('error', reject).end(body)
  })
}

test('a demo password works on the hub’s own machine, and nowhere else', async () => {
  await start()
  await hub.addAccount({ id: 'demo', demoPassword: true })
  expect((await demoSignIn()).status).toBe(200)
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto']) {
    const answer = await demoSignIn({ [header]: '127.0.0.1' })
    expect((await refused(answer, 403, 'session.demoFromElsewhere')).sentence).toContain('Xin đổi mật khẩu tại máy chủ trước')
    expect(answer.headers.getSetCookie()).toEqual([])
  }
  expect(await signInAs(`evil.example:${new URL(hub.url).port}`)).toBe(403)
  expect(await signInAs(`127.0.0.1:${new URL(hub.url).port}`)).toBe(200)
})

test('on a hub that others can reach, a demo password must be changed before anything else, and then works from anywhere', async () => {
  await start({ config: { host: '0.0.0.0' } })
  await hub.addAccount({ id: 'demo', demoPassword: true, roles: ['administrator'] })
  expect(await hub.hub.directory.accounts.demoPasswordsLeft()).toBe(true)
  await refused(await demoSignIn({ 'x-forwarded-for': '10.0.0.9' }), 403, 'session.demoFromElsewhere')
  for (const address of lanAddresses()) {
    const url = hub.url.replace('localhost', address)
    const headers = { origin: url, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/session`, { method: 'POST', headers, body: JSON.stringify({ username: 'demo', password: testPassword }) })
    await refused(answer, 403, 'session.demoFromElsewhere')
  }
  const cookie = await hub.signIn('demo')
  expect(await session(cookie)).toMatchObject({ mustChangePassword: true })
  await refused(await hub.request('/api/accounts', { cookie }), 403, 'password.mustChange')
  expect(await hub.hub.directory.authenticate(cookie)).toBeNull()
  const change = await hub.request('/api/session/password', { method: 'POST', cookie, body: { oldPassword: testPassword, newPassword: 'Bến Ninh Kiều 1876' } })
  expect(change.status).toBe(200)
  expect((await hub.request('/api/accounts', { cookie })).status).toBe(200)
  expect(await hub.hub.directory.accounts.demoPasswordsLeft()).toBe(false)
  const elsewhere = await hub.request('/api/session', { method: 'POST', body: { username: 'demo', password: 'Bến Ninh Kiều 1876' }, headers: { 'x-forwarded-for': '10.0.0.9' } })
  expect(elsewhere.status).toBe(200)
})
