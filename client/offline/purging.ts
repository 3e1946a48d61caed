import { allOf, openDatabase, type Database, type PackageKey } from './database.ts'
import { noteTime } from './latest.ts'

/** What of a package is to go: everything, or all but the notes that the hub may not have yet. */
export type Share = 'everything' | 'papers'

/** The key goes first: what a crash leaves behind can be opened by nobody, and is swept at the next opening. */
async function purge(database: Database, keys: PackageKey, share: Share): Promise<void> {
  // What others wrote goes with the papers; one's own notes may not have reached the hub.
  if (share === 'papers') await forgetNotes(database, keys.id, (document) => !document.endsWith(`/${keys.personId}`))
  if (share === 'papers' && (await database.countFromIndex('notes', 'document', allOf(keys.id))) > 0) {
    await database.put('keys', { ...keys, key: keys.notesKey, notesOnly: true })
  } else {
    await database.delete('keys', keys.id)
    await forgetNotes(database, keys.id)
  }
  await database.delete('parts', allOf(keys.id))
  await database.delete('chunks', allOf(keys.id))
}

async function forgetNotes(database: Database, id: string, wanted: (document: string) => boolean = () => true): Promise<void> {
  const transaction = database.transaction('notes', 'readwrite')
  for (let cursor = await transaction.store.index('document').openCursor(allOf(id)); cursor; cursor = await cursor.continue()) {
    if (wanted(cursor.value.document)) await cursor.delete()
  }
  await transaction.done
}

/** Whoever may no longer see a paper loses the notes on it too. */
export async function purgeNotesOn(id: string, meetingId: string, paperIds: readonly string[]): Promise<void> {
  if (paperIds.length > 0) await forgetNotes(await openDatabase(), id, (document) => paperIds.some((paperId) => document.startsWith(`${meetingId}/ink/${paperId}.`)))
}

/** Deletes what has expired, and what lost its key. Called at every opening, with a network or without. */
export async function purgeExpired(): Promise<void> {
  const database = await openDatabase()
  const now = await noteTime(database)
  const all = await database.getAll('keys')
  for (const keys of all) {
    if (keys.notesExpireAt <= now) await purge(database, keys, 'everything')
    else if (keys.expiresAt <= now && !keys.notesOnly) await purge(database, keys, 'papers')
  }
  await sweep(database, new Set(all.filter(({ notesExpireAt }) => notesExpireAt > now).map(({ id }) => id)))
}

async function sweep(database: Database, known: ReadonlySet<string>): Promise<void> {
  const kept = new Set([...(await database.getAllKeys('parts')), ...(await database.getAllKeys('chunks'))].map(([id]) => id))
  for (const id of kept) if (!known.has(id)) {
    await database.delete('parts', allOf(id))
    await database.delete('chunks', allOf(id))
  }
}

/** Deletes what is kept of `meetingId`, or of every meeting, for this person. */
export async function purgeOf(personId: string, share: Share, meetingId?: string): Promise<void> {
  const database = await openDatabase()
  for (const keys of await database.getAll('keys')) {
    if (keys.personId === personId && (meetingId === undefined || keys.meetingId === meetingId)) await purge(database, keys, share)
  }
}

/** Somebody else uses this tablet now: nothing of what others kept here stays readable but their unsent notes, which nobody but they can open in the application. */
export async function purgeAllBut(personId: string): Promise<void> {
  const database = await openDatabase()
  for (const keys of await database.getAll('keys')) if (keys.personId !== personId && !keys.notesOnly) await purge(database, keys, 'papers')
}
