import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openDocument, type OpenDocument, type OpenOptions } from '../../../client/collab/document.ts'
import type { LocalDocuments } from '../../../client/collab/localDocuments.ts'
import { collabClosings, collabNameOf, ownedKey, type CollabName } from '../../../shared/contracts/collab.ts'
import { socketOf, until, wsUrl } from '../../support/collab/client.ts'
import { DocumentHall } from '../../support/collab/hall.ts'

/** The page's own way to documents, as it tells its reader what is saved and what he may do. */
let hall: DocumentHall
beforeAll(async () => {
  hall = await DocumentHall.open()
})
afterAll(() => hall.close())

async function open(personId: string, name: CollabName, options: OpenOptions = {}): Promise<OpenDocument> {
  const line = await hall.line(personId)
  return openDocument(name, { hub: wsUrl(line.url), Socket: socketOf(line), ...options })
}

function deviceWith(name: CollabName, doc: Y.Doc): LocalDocuments {
  const kept = [Y.encodeStateAsUpdate(doc)]
  return {
    load: async (asked) => (asked === collabNameOf(name) ? kept : []),
    append: async (_name, update) => void kept.push(update),
    compact: async (_name, state) => void kept.splice(0, kept.length, state),
    unsent: async () => undefined,
  }
}

test('an edit is being saved, then saved; another screen of the owner has it', async () => {
  const page = await open('an', hall.ink('private', 'an'))
  await page.whenLoaded
  await until(() => page.state.connection === 'live')
  expect(page.state).toEqual({ connection: 'live', writable: true, saved: 'saved', refusal: null })
  page.doc.getMap('marks').set('nét', 1)
  expect(page.state.saved).toBe('saving')
  await until(() => page.state.saved === 'saved')
  const other = await open('an', hall.ink('private', 'an'))
  await other.whenLoaded
  expect(other.doc.getMap('marks').toJSON()).toEqual({ 'nét': 1 })
  page.close()
  other.close()
})

test('a refusal is told with its code, and nothing is tried again', async () => {
  const page = await open('binh', hall.ink('private', 'an'))
  await until(() => page.state.connection === 'refused')
  expect(page.state).toEqual({ connection: 'refused', writable: false, saved: 'saved', refusal: collabClosings.notAllowed })
  page.close()
})

test('what this device has kept is shown at once and brought to the hub; of what may only be read nothing is called unsaved', async () => {
  const [own, common] = [hall.ink('meeting', 'chi'), hall.common()]
  const before = new Y.Doc()
  before.getMap('marks').set(ownedKey('chi', 'ngoại tuyến'), 1)
  const page = await open('chi', own, { local: deviceWith(own, before), writable: true })
  await page.whenLoaded
  expect(page.doc.getMap('marks').size).toBe(1)
  await until(() => page.state.connection === 'live' && page.state.saved === 'saved')
  const reader = await open('guest', common, { local: deviceWith(common, before) })
  await until(() => reader.state.connection === 'live' && !reader.state.writable)
  expect(reader.state.saved).toBe('saved')
  reader.doc.getMap('marks').set('guest:x', 1)
  await until(() => reader.state.saved === 'dropped')
  page.close()
  reader.close()
})
