import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startHub, testPassword, type TestHub } from '../../support/hub.ts'
import { auditOf, refused } from './answers.ts'

let hub: TestHub
let time = Date.now()
let chair = ''
let audited = 0
let tests = 0
beforeAll(async () => { hub = await startHub({ now: () => time }) })
// Every test has a chair of its own, and begins when the wrong passwords of the test before are forgotten.
beforeEach(async () => {
  time += 2 * 3_600_000
  chair = `chair${++tests}`
  await hub.addAccount({ id: chair, name: 'Trần Thị Bích', roles: ['office'] })
  audited = (await auditOf(hub)).length
})
afterAll(() => hub.stop())

const signIn = (username: string, password: string, headers: Record<string, string> = {}) =>
  hub.request('/api/session', { method: 'POST', body: { username, password }, headers })

const personOf = async (cookie: string) => (await (await hub.request('/api/session', { cookie })).json()).person

test('a person signs in, is known, and signs out', async () => {
  const cookie = await hub.signIn(chair)
  expect(await (await hub.request('/api/session', { cookie })).json()).toEqual({
    person: { id: chair, name: 'Trần Thị Bích', position: 'Chuyên viên', unitId: null, siteId: null, username: chair, roles: ['office'] },
    mustChangePassword: false,
    needsSetup: false,
  })
  const answer = await hub.request('/api/session', { method: 'DELETE', cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toMatch(/^giaoban=; Path=\/; Max-Age=0;/)
  expect(await personOf(cookie)).toBeNull()
  await refused(await hub.request('/api/people', { cookie }), 401, 'session.required')
})

test('the session cookie is HttpOnly and SameSite, and the store keeps only a hash of it', async () => {
  const answer = await signIn(chair, testPassword)
  const [header = ''] = answer.headers.getSetCookie()
  expect(header).toMatch(/^giaoban=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/)
  const token = /=([^;]+)/.exec(header)?.[1] ?? ''
  const sessions = await hub.hub.store.records.collection<{ personId: string }>({ name: 'sessions', indexes: ['personId', 'createdAt', 'lastSeenAt'] })
  const kept = await sessions.find({ personId: chair })
  expect(kept).toHaveLength(1)
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(kept[0]?.id).toMatch(/^[0-9a-f]{64}$/)
})

test('a user name is taken in any case and with spaces around, a password in any Unicode form', async () => {
  expect((await signIn(` ${chair.toUpperCase()} `, testPassword.normalize('NFD'))).status).toBe(200)
})

test('an unknown name, a wrong password and a deactivated person get the same answer', async () => {
  await hub.addAccount({ id: 'gone' })
  await hub.hub.directory.accounts.change('gone', { active: false }, { by: chair, address: null })
  const answers = []
  for (const [username, password] of [['nobody', testPassword], [chair, 'sai mật khẩu'], ['gone', testPassword]] as const) {
    const answer = await signIn(username, password)
    expect(answer.headers.getSetCookie()).toEqual([])
    answers.push({ status: answer.status, body: await answer.json(), headers: [...answer.headers.keys()].sort() })
  }
  expect(answers[0]).toMatchObject({ status: 401, body: { code: 'session.wrongPassword', sentence: 'Tên đăng nhập hoặc mật khẩu không đúng.' } })
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('an unknown name takes as long as a wrong password', async () => {
  const duration = async (username: string) => {
    const times = []
    for (let round = 0; round < 4; round++) {
      const began = performance.now()
      await signIn(`${username}${round}`, 'sai mật khẩu')
      times.push(performance.now() - began)
    }
    return Math.min(...times)
  }
  for (let round = 0; round < 4; round++) await hub.addAccount({ id: `known${round}` })
  await signIn('warm-up', 'sai mật khẩu')
  const [known, unknown] = [await duration('known'), await duration('unknown')]
  // An argon2 pass costs tens of milliseconds; an answer without one would take two or three.
  expect(unknown).toBeGreaterThan(known / 3)
})

test('five wrong passwords make that account wait at that address, longer each time, and the right one is refused meanwhile', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await refused(await signIn(chair, 'sai mật khẩu'), 401, 'session.wrongPassword')
  const waiting = await signIn(chair, testPassword)
  expect(waiting.headers.get('retry-after')).toBe('15')
  expect(await refused(waiting, 429, 'session.tooManyAttempts')).toMatchObject({ params: { seconds: 15 }, sentence: 'Đăng nhập sai quá nhiều lần. Xin thử lại sau 15 giây.' })
  time += 15_000
  await refused(await signIn(chair, 'vẫn sai'), 401, 'session.wrongPassword')
  expect(await refused(await signIn(chair, testPassword), 429, 'session.tooManyAttempts')).toMatchObject({ params: { seconds: 30 } })
  time += 30_000
  expect((await signIn(chair, testPassword)).status).toBe(200)
  for (let attempt = 0; attempt < 4; attempt++) await refused(await signIn(chair, 'sai mật khẩu'), 401, 'session.wrongPassword')
  expect((await signIn(chair, testPassword)).status).toBe(200)
})

test('wrong passwords sent all at once are counted before they are checked', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(chair, 'sai mật khẩu')))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter(status => status === 401)).toHaveLength(5)
  expect(statuses.filter(status => status === 429)).toHaveLength(7)
})

test('many different names from one address make the address wait', async () => {
  for (let attempt = 0; attempt < 40; attempt++) await refused(await signIn(`name${attempt}`, 'sai mật khẩu'), 401, 'session.wrongPassword')
  await refused(await signIn(chair, testPassword), 429, 'session.tooManyAttempts')
})

test('signing in again ends the session this browser had', async () => {
  const before = await hub.signIn(chair)
  const answer = await hub.request('/api/session', { method: 'POST', cookie: before, body: { username: chair, password: testPassword } })
  expect(answer.status).toBe(200)
  expect(await personOf(before)).toBeNull()
})

test('a planted cookie value never becomes a session', async () => {
  const planted = `giaoban=${'A'.repeat(43)}`
  const answer = await hub.request('/api/session', { method: 'POST', cookie: planted, body: { username: chair, password: testPassword } })
  expect(answer.headers.getSetCookie()[0]).not.toContain(planted)
  expect(await personOf(planted)).toBeNull()
})

test('a session ends when it was not used for twelve hours, and after seven days in any case', async () => {
  const hours = 3_600_000
  const idle = await hub.signIn(chair)
  const revoked: string[] = []
  hub.hub.directory.sessions.onRevoked(({ personId }) => revoked.push(personId))
  time += 11 * hours
  expect(await personOf(idle)).not.toBeNull()
  time += 11 * hours
  expect(await personOf(idle)).not.toBeNull()
  time += 13 * hours
  expect(await personOf(idle)).toBeNull()
  expect(revoked).toEqual([chair])

  const used = await hub.signIn(chair)
  for (let hour = 0; hour < 7 * 24 - 6; hour += 6) {
    time += 6 * hours
    expect(await personOf(used)).not.toBeNull()
  }
  time += 6 * hours
  expect(await personOf(used)).toBeNull()
})

test('sweeping ends expired sessions that nobody asks for, and tells the listeners', async () => {
  await hub.hub.directory.sessions.sweep()
  await hub.signIn(chair)
  const revoked: string[] = []
  hub.hub.directory.sessions.onRevoked(({ personId }) => revoked.push(personId))
  await hub.hub.directory.sessions.sweep()
  expect(revoked).toEqual([])
  time += 13 * 3_600_000
  await hub.hub.directory.sessions.sweep()
  expect(revoked).toEqual([chair])
})

test('listeners hear of a session’s end at once, with its id', async () => {
  const cookie = await hub.signIn(chair)
  const signedIn = await hub.hub.directory.authenticate(cookie)
  const ended: unknown[] = []
  hub.hub.directory.sessions.onRevoked(session => ended.push(session))
  await hub.request('/api/session', { method: 'DELETE', cookie })
  expect(ended).toEqual([{ sessionId: signedIn?.sessionId, personId: chair }])
})

test('one’s own password: the old one is asked, the rules hold, and every other session ends', async () => {
  const [here, elsewhere] = [await hub.signIn(chair), await hub.signIn(chair)]
  const change = (oldPassword: string, newPassword: string) =>
    hub.request('/api/session/password', { method: 'POST', cookie: here, body: { oldPassword, newPassword } })
  await refused(await change('không phải', 'một mật khẩu mới tốt'), 422, 'password.oldWrong')
  await refused(await change(testPassword, 'ngắn'), 422, 'password.tooShort')
  await refused(await change(testPassword, 'x'.repeat(201)), 422, 'password.tooLong')
  await refused(await change(testPassword, `MậtKhẩu-${chair.toUpperCase()}`), 422, 'password.holdsUsername')
  await refused(await change(testPassword, 'matkhau123'), 422, 'password.common')
  await refused(await change(testPassword, 'aaaaaaaabbb'), 422, 'password.common')
  await refused(await change(testPassword, testPassword.normalize('NFD')), 422, 'password.same')
  expect(await personOf(elsewhere)).not.toBeNull()

  const ended: string[] = []
  hub.hub.directory.sessions.onRevoked(({ personId }) => ended.push(personId))
  expect((await change(testPassword, 'Cầu Cần Thơ 2010')).status).toBe(200)
  expect(ended).toEqual([chair])
  expect(await personOf(here)).not.toBeNull()
  expect(await personOf(elsewhere)).toBeNull()
  await refused(await signIn(chair, testPassword), 401, 'session.wrongPassword')
  expect((await signIn(chair, 'Cầu Cần Thơ 2010')).status).toBe(200)
})

test('guessing the old password on a borrowed tablet is slowed down too', async () => {
  const cookie = await hub.signIn(chair)
  const guess = () => hub.request('/api/session/password', { method: 'POST', cookie, body: { oldPassword: 'đoán mò', newPassword: 'Cầu Cần Thơ 2010' } })
  for (let attempt = 0; attempt < 5; attempt++) await refused(await guess(), 422, 'password.oldWrong')
  await refused(await guess(), 429, 'session.tooManyAttempts')
})

test('sign-ins, refusals and sign-outs are in the audit record, without any password or unknown name', async () => {
  await signIn('nobody-knows-this-name', 'một bí mật nào đó')
  await signIn(chair, 'một bí mật nào đó')
  const cookie = await hub.signIn(chair)
  await hub.request('/api/session', { method: 'DELETE', cookie })
  const entries = (await auditOf(hub)).slice(audited)
  expect(entries.map(({ type, by, data }) => [type, by, data.about])).toEqual([
    ['session.refused', null, null],
    ['session.refused', null, chair],
    ['session.signedIn', chair, null],
    ['session.signedOut', chair, null],
  ])
  expect(entries[0]?.data.address).toMatch(/127\.0\.0\.1|::1/)
  expect(JSON.stringify(entries)).not.toMatch(/bí mật|nobody-knows/)
})
