import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collabClosings, ownedKey } from '../../../shared/contracts/collab.ts'
import { BareClient, PlainClient, until } from '../../support/collab/client.ts'
import { DocumentHall } from '../../support/collab/hall.ts'
import { sessionFor } from '../../support/live/session.ts'

/** y-websocket as npm has it, against our host. */
let hall: DocumentHall
beforeAll(async () => {
  hall = await DocumentHall.open()
})
afterAll(() => hall.close())

describe('y-websocket as it was published', () => {
  test('two screens of one person see each other’s marks, and a third finds them later', async () => {
    const [one, two] = await Promise.all([hall.plain('an', hall.ink('private', 'an')), hall.plain('an', hall.ink('private', 'an'))])
    await Promise.all([one.synced(), two.synced()])
    one.marks.set('a', 'gạch chân')
    await until(() => two.marks.get('a') === 'gạch chân')
    two.marks.delete('a')
    two.marks.set('b', 'khoanh tròn')
    await until(() => one.marks.get('b') === 'khoanh tròn' && !one.marks.has('a'))
    one.close()
    two.close()
    const three = await hall.plain('an', hall.ink('private', 'an'))
    await three.synced()
    expect(three.marks.toJSON()).toEqual({ b: 'khoanh tròn' })
  })

  test('comes back after a cut with what was drawn meanwhile', async () => {
    const name = hall.ink('shared', 'binh')
    const [one, two] = await Promise.all([hall.plain('binh', name), hall.plain('binh', name)])
    await Promise.all([one.synced(), two.synced()])
    one.provider.disconnect()
    one.marks.set('offline', '1')
    two.marks.set('online', '2')
    one.provider.connect()
    await until(() => one.marks.has('online') && two.marks.has('offline'))
  })

  test('the common layer has everybody’s marks for the meeting within a second', async () => {
    const [chair, guest] = await Promise.all([hall.plain('chair', hall.common()), hall.plain('guest', hall.common())])
    await Promise.all([chair.synced(), guest.synced()])
    const owners = ['an', 'binh', 'chi']
    const began = performance.now()
    for (const owner of owners) {
      const client = await hall.plain(owner, hall.ink('meeting', owner))
      await client.synced()
      client.marks.set(ownedKey(owner, '1'), owner)
    }
    for (const reader of [chair, guest]) await until(() => owners.every((owner) => reader.marks.get(ownedKey(owner, '1')) === owner), 1000 + (performance.now() - began))
    const later = await hall.plain('dung', hall.common())
    await later.synced()
    expect(later.marks.size).toBe(3)
  })
})

describe('refusals', () => {
  test.each([
    ['nobody who is signed in', null, () => hall.ink('private', 'an'), collabClosings.notSignedIn],
    ['another’s private layer', 'chair', () => hall.ink('private', 'an'), collabClosings.notAllowed],
    ['a stranger to the meeting', 'outsider', () => hall.common(), collabClosings.unknown],
    ['a paper that is not there', 'an', () => hall.common('guessed'), collabClosings.unknown],
    ['a meeting that is not there', 'an', () => ({ kind: 'minutes', meetingId: 'guessed' }) as const, collabClosings.unknown],
    ['no name at all', 'an', () => 'not/a/name', collabClosings.unknown],
    ['minutes, to a delegate', 'an', () => hall.minutes, collabClosings.unknown],
  ])('%s: the client is told why and does not come again', async (_what, personId, name, code) => {
    const line = personId ? await hall.line(personId) : { url: hall.hall.url }
    const client = new PlainClient(line, name())
    await until(() => client.refused !== null)
    expect(client.refused).toBe(code)
    expect(client.closings).toEqual([code])
    client.close()
  })

  test('a page of another site is refused before the upgrade', async () => {
    const { url, cookie } = await hall.line('an')
    for (const origin of ['https://evil.example', 'null', `${url}0`, url.replace('http', 'https'), '']) {
      const client = new BareClient({ url, cookie, origin }, hall.ink('private', 'an'))
      await expect(client.opened()).rejects.toThrow('403')
    }
  })

  test('an upgrade to nowhere is answered at once, and a reset hurts nobody', async () => {
    const { url, cookie } = await hall.line('an')
    const began = performance.now()
    const client = new BareClient({ url: `${url}/nowhere`, cookie, origin: url }, hall.minutes)
    await expect(client.opened()).rejects.toThrow('404')
    expect(performance.now() - began).toBeLessThan(900)
    for (let round = 0; round < 20; round += 1) {
      const reset = new BareClient({ url, cookie }, hall.ink('private', 'an'))
      reset.socket.terminate()
    }
    await (await hall.plain('an', hall.ink('private', 'an'))).synced()
  })
})

describe('a right that is lost', () => {
  test('a session that ends closes its documents within a second', async () => {
    const { cookie, sessionId } = await sessionFor(hall.hall.test, 'chi')
    const client = new PlainClient({ url: hall.hall.url, cookie }, hall.ink('private', 'chi'))
    await client.synced()
    const began = performance.now()
    await hall.hall.test.hub.directory.sessions.end(sessionId)
    await until(() => client.refused !== null, 1000)
    expect([client.refused, performance.now() - began < 1000]).toEqual([collabClosings.notSignedIn, true])
    client.close()
  })

  test('a paper that becomes confidential closes the documents of those who may not see it, and of no others', async () => {
    const itemId = await hall.meeting.addItem('Công tác cán bộ')
    const paperId = await hall.meeting.attach(itemId, 'Tờ trình')
    const [an, binh, chair] = await Promise.all([hall.plain('an', hall.ink('meeting', 'an', paperId)), hall.plain('binh', hall.ink('private', 'binh', paperId)), hall.plain('chair', hall.common(paperId))])
    await Promise.all([an.synced(), binh.synced(), chair.synced()])
    await hall.meeting.do('secretary', 'agenda:changeItem', { itemId, confidential: true, access: ['an'] })
    await until(() => binh.refused !== null, 1000)
    expect([binh.refused, an.refused, chair.refused]).toEqual([collabClosings.notAllowed, null, null])
  })

  test('a meeting that ends makes its layers read-only within a second; private ones go on', async () => {
    const own = await DocumentHall.open()
    const [layer, notes] = await Promise.all([own.bare('an', own.ink('meeting', 'an')), own.plain('an', own.ink('private', 'an'))])
    await Promise.all([layer.opened(), notes.synced()])
    layer.askForNotices()
    layer.ask()
    await until(() => layer.rights === 'write')
    await own.meeting.do('chair', 'meeting:end', {})
    await until(() => layer.rights === 'read', 1000)
    layer.change(new Uint8Array([0, 0]))
    await until(() => layer.dropped === 1)
    notes.marks.set('sau họp', 'vẫn ghi')
    const again = await own.plain('an', own.ink('private', 'an'))
    await until(() => again.marks.get('sau họp') === 'vẫn ghi')
    await own.close()
  })
})

test('a reader’s edits stay with him: not as an update, not as the answer to a sync, not as a plain client’s', async () => {
  const owner = await hall.plain('binh', hall.ink('meeting', 'binh'))
  await owner.synced()
  const reader = await hall.plain('chi', hall.ink('meeting', 'binh'))
  await reader.synced()
  reader.marks.set('chi:fake', 'giả')
  const bare = await (await hall.bare('chi', hall.ink('meeting', 'binh'))).opened()
  bare.askForNotices()
  bare.send([0, 1, 2, 0, 0])
  await until(() => bare.dropped === 1)
  owner.marks.set(ownedKey('binh', 'thật'), 'thật')
  await until(() => reader.marks.has(ownedKey('binh', 'thật')))
  const later = await hall.plain('binh', hall.ink('meeting', 'binh'))
  await later.synced()
  expect(later.marks.has('chi:fake')).toBe(false)
})

test('what a client claims about people reaches nobody: a hundred stolen identities, none shown', async () => {
  const [victim, thief] = await Promise.all([hall.plain('secretary', hall.minutes), hall.plain('chair', hall.minutes)])
  await Promise.all([victim.synced(), thief.synced()])
  for (let round = 0; round < 100; round += 1) {
    thief.provider.awareness.states.set(victim.doc.clientID, { user: { name: `Chủ tịch ${round}` } })
    thief.provider.awareness.meta.set(victim.doc.clientID, { clock: 1000 + round, lastUpdated: 0 })
    thief.provider.awareness.emit('update', [{ added: [victim.doc.clientID], updated: [], removed: [] }, 'local'])
  }
  thief.doc.getText('minutes').insert(0, 'Biên bản')
  await until(() => victim.doc.getText('minutes').toString() === 'Biên bản')
  expect([...victim.provider.awareness.getStates().keys()]).toEqual([victim.doc.clientID])
})
