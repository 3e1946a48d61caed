import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startHub, testPassword, type TestHub } from '../../support/hub.ts'
import { auditOf, refused } from './answers.ts'

let hub: TestHub
let administrator: string
let ended: string[]
beforeAll(async () => {
  hub = await startHub()
  await hub.addAccount({ id: 'admin', name: 'Lê Quản Trị', roles: ['administrator'] })
  administrator = await hub.signIn('admin')
  hub.hub.directory.sessions.onRevoked(({ personId }) => ended.push(personId))
})
beforeEach(() => { ended = [] })
afterAll(() => hub.stop())

const ask = (method: string, path: string, body?: unknown, cookie: string = administrator) => hub.request(path, { method, body, cookie })
const person = (username: string, more: object = {}) => ({ name: 'Nguyễn Thị Ánh', position: 'Phó Giám đốc', unitId: null, siteId: null, username, roles: [], ...more })
const patch = (id: string, change: object, cookie?: string) => ask('PATCH', `/api/accounts/${id}`, change, cookie)
const lastActs = async (count: number) => (await auditOf(hub)).slice(-count).map(({ type, by, data }) => [type, by, data.about, data.details])
const isSignedIn = async (cookie: string) => (await (await hub.request('/api/session', { cookie })).json()).person !== null

test('a new account gets a one-time password that only opens the door to choosing one’s own', async () => {
  const { account, oneTimePassword } = await (await ask('POST', '/api/accounts', person('Anh.NT'))).json()
  expect(account).toEqual({ id: account.id, ...person('anh.nt'), active: true, mustChangePassword: true, demoPassword: false })
  expect(oneTimePassword).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
  expect(await lastActs(1)).toEqual([['account.added', 'admin', account.id, { roles: '' }]])

  const cookie = await hub.signIn('anh.nt', oneTimePassword)
  expect(await (await hub.request('/api/session', { cookie })).json()).toMatchObject({ mustChangePassword: true, person: { username: 'anh.nt' } })
  for (const [method, path] of [['GET', '/api/people'], ['GET', '/api/units'], ['GET', '/api/accounts'], ['GET', '/api/audit']] as const) {
    await refused(await ask(method, path, undefined, cookie), 403, 'password.mustChange')
  }
  expect(await hub.hub.directory.authenticate(cookie)).toBeNull()
  expect((await ask('POST', '/api/session/password', { oldPassword: oneTimePassword, newPassword: 'Chợ nổi Cái Răng' }, cookie)).status).toBe(200)
  expect((await ask('GET', '/api/people', undefined, cookie)).status).toBe(200)
  expect(await hub.hub.directory.authenticate(cookie)).toMatchObject({ person: { username: 'anh.nt' } })
})

test('a user name is taken once, in whatever case', async () => {
  await hub.addAccount({ id: 'taken' })
  const answer = await refused(await ask('POST', '/api/accounts', person('TAKEN')), 409, 'account.usernameTaken')
  expect(answer.sentence).toBe('Tên đăng nhập “taken” đã có người dùng.')
  expect(await hub.signIn('taken')).toBeTruthy()
})

test('units and sites must exist, have unique names and are listed in official order', async () => {
  await refused(await ask('POST', '/api/accounts', person('lost', { unitId: 'nowhere' })), 422, 'unit.unknown')
  await refused(await ask('POST', '/api/accounts', person('lost', { siteId: 'nowhere' })), 422, 'site.unknown')
  const place = (name: string, order: number) => ({ name, shortName: '', order })
  const added = []
  for (const [path, name, order] of [['units', 'Sở Y tế', 2], ['units', 'Sở Tài chính', 1], ['sites', 'Xã Tân An', 2], ['sites', 'Phường Ninh Kiều', 1]] as const) {
    added.push(await (await ask('POST', `/api/${path}`, place(` ${name.normalize('NFD')} `, order))).json())
  }
  await refused(await ask('POST', '/api/units', place('Sở Y tế', 9)), 409, 'unit.nameTaken')
  await refused(await ask('POST', '/api/sites', place('Xã Tân An', 9)), 409, 'site.nameTaken')
  await refused(await ask('PATCH', `/api/units/${added[0].id}`, { name: 'Sở Tài chính' }), 409, 'unit.nameTaken')
  await refused(await ask('PATCH', '/api/units/nowhere', { order: 1 }), 404, 'notFound')
  await refused(await ask('PATCH', '/api/sites/nowhere', { order: 1 }), 404, 'notFound')
  await refused(await ask('PATCH', `/api/units/${added[0].id}`, {}), 400, 'request.malformed')
  expect(await (await ask('PATCH', `/api/units/${added[0].id}`, { order: 0, shortName: 'SYT' })).json()).toEqual({ id: added[0].id, name: 'Sở Y tế', shortName: 'SYT', order: 0 })
  expect((await (await ask('GET', '/api/units')).json()).units.map(({ name }: { name: string }) => name)).toEqual(['Sở Y tế', 'Sở Tài chính'])
  expect((await (await ask('GET', '/api/sites')).json()).sites.map(({ name }: { name: string }) => name)).toEqual(['Phường Ninh Kiều', 'Xã Tân An'])
  expect((await ask('POST', '/api/accounts', person('found', { unitId: added[0].id, siteId: added[2].id }))).status).toBe(200)
})

test('people are shown to everyone as cards, ordered by given name; accounts only to administrators', async () => {
  await hub.addAccount({ id: 'p1', name: 'Trần Văn Bình' })
  await hub.addAccount({ id: 'p2', name: 'Đỗ Thị An' })
  await hub.addAccount({ id: 'p3', name: 'Nguyễn Văn Đức' })
  const cookie = await hub.signIn('p1')
  const { people } = await (await ask('GET', '/api/people', undefined, cookie)).json()
  const names = people.map(({ name }: { name: string }) => name).filter((name: string) => /An$|Bình$|Đức$/.test(name))
  expect(names).toEqual(['Đỗ Thị An', 'Trần Văn Bình', 'Nguyễn Văn Đức'])
  expect(Object.keys(people[0]).sort()).toEqual(['id', 'name', 'position', 'siteId', 'unitId'])
  for (const [method, path, body] of [
    ['GET', '/api/accounts'], ['GET', '/api/audit'], ['POST', '/api/accounts', person('new')], ['PATCH', '/api/accounts/p2', { active: false }],
    ['POST', '/api/accounts/p2/password-reset'], ['POST', '/api/units', { name: 'A', shortName: '', order: 1 }], ['PATCH', '/api/units/x', { order: 1 }],
    ['POST', '/api/sites', { name: 'A', shortName: '', order: 1 }], ['PATCH', '/api/sites/x', { order: 1 }],
  ] as const) {
    await refused(await ask(method, path, body, cookie), 403, 'permission.denied')
    await refused(await ask(method, path, body, ''), 401, 'session.required')
  }
  expect(await isSignedIn(await hub.signIn('p2'))).toBe(true)
  const { accounts } = await (await ask('GET', '/api/accounts')).json()
  expect(JSON.stringify(accounts)).not.toContain('argon2')
})

test('a reset gives a one-time password, ends the person’s sessions, and the old password is gone', async () => {
  await hub.addAccount({ id: 'forgetful' })
  const cookie = await hub.signIn('forgetful')
  const { account, oneTimePassword } = await (await ask('POST', '/api/accounts/forgetful/password-reset')).json()
  expect(account.mustChangePassword).toBe(true)
  expect(ended).toEqual(['forgetful'])
  expect(await isSignedIn(cookie)).toBe(false)
  await refused(await ask('POST', '/api/session', { username: 'forgetful', password: testPassword }, ''), 401, 'session.wrongPassword')
  expect(await isSignedIn(await hub.signIn('forgetful', oneTimePassword))).toBe(true)
  expect((await auditOf(hub)).map(({ type, data }) => [type, data.about])).toContainEqual(['password.reset', 'forgetful'])
  expect(JSON.stringify(await auditOf(hub))).not.toContain(oneTimePassword)
  await refused(await ask('POST', '/api/accounts/nobody/password-reset'), 404, 'notFound')
})

test('deactivating a person ends their sessions and hides their card; activating lets them in again', async () => {
  await hub.addAccount({ id: 'leaver' })
  const [one, two] = [await hub.signIn('leaver'), await hub.signIn('leaver')]
  expect(await (await patch('leaver', { active: false })).json()).toMatchObject({ id: 'leaver', active: false })
  expect(ended).toEqual(['leaver', 'leaver'])
  expect([await isSignedIn(one), await isSignedIn(two)]).toEqual([false, false])
  expect(await lastActs(1)).toEqual([['account.deactivated', 'admin', 'leaver', {}]])
  expect((await (await ask('GET', '/api/people')).json()).people.some(({ id }: { id: string }) => id === 'leaver')).toBe(false)
  await patch('leaver', { active: true })
  expect(await isSignedIn(await hub.signIn('leaver'))).toBe(true)
})

test('losing a role ends the person’s sessions, gaining one does not', async () => {
  await hub.addAccount({ id: 'clerk' })
  const cookie = await hub.signIn('clerk')
  await patch('clerk', { roles: ['office'] })
  expect(ended).toEqual([])
  expect(await (await hub.request('/api/session', { cookie })).json()).toMatchObject({ person: { roles: ['office'] } })
  await patch('clerk', { roles: [], position: 'Văn thư' })
  expect(ended).toEqual(['clerk'])
  expect(await isSignedIn(cookie)).toBe(false)
  expect(await lastActs(2)).toEqual([
    ['rights.changed', 'admin', 'clerk', { from: 'office', to: '' }],
    ['account.changed', 'admin', 'clerk', { fields: 'position' }],
  ])
})

test('the last active administrator stays, also when two remove each other at once', async () => {
  await refused(await patch('admin', { active: false }), 422, 'account.lastAdministrator')
  await refused(await patch('admin', { roles: ['office'] }), 422, 'account.lastAdministrator')
  expect(await isSignedIn(administrator)).toBe(true)

  await hub.addAccount({ id: 'second', roles: ['administrator'] })
  const second = await hub.signIn('second')
  const answers = await Promise.all([patch('second', { roles: [] }), patch('admin', { roles: [] }, second)])
  expect(answers.map(({ status }) => status).filter(status => status === 200)).toHaveLength(1)
  const { accounts } = hub.hub.directory
  expect((await accounts.all()).filter(({ active, roles }) => active && roles.includes('administrator'))).toHaveLength(1)
})

test('unknown accounts are not found, and a role that does not exist is refused', async () => {
  const cookie = (await hub.hub.directory.accounts.all()).find(({ roles }) => roles.includes('administrator'))
  const signedIn = await hub.signIn(cookie?.username ?? '')
  await refused(await patch('nobody', { active: false }, signedIn), 404, 'notFound')
  await refused(await patch('admin', { roles: ['king'] }, signedIn), 400, 'request.malformed')
  await refused(await patch('admin', { username: 'other' }, signedIn), 400, 'request.malformed')
  await refused(await patch('admin', { id: 'other' }, signedIn), 400, 'request.malformed')
})
