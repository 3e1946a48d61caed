import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHub, testPassword, type TestHub } from '../../support/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
  await hub.addAccount({ id: 'chair', name: 'Trần Thị Bích', roles: ['office'] })
})
afterAll(() => hub.stop())

test('a person signs in, is known, and signs out', async () => {
  const cookie = await hub.signIn('chair')
  const session = await (await hub.request('/api/session', { cookie })).json()
  expect(session).toEqual({
    person: { id: 'chair', name: 'Trần Thị Bích', position: 'Chuyên viên', unitId: null, siteId: null, username: 'chair', roles: ['office'] },
    mustChangePassword: false,
    needsSetup: false,
  })
  expect((await hub.request('/api/session', { method: 'DELETE', cookie })).status).toBe(200)
  expect((await (await hub.request('/api/session', { cookie })).json()).person).toBeNull()
})
