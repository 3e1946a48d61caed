import type { LocalDocuments } from '../collab/localDocuments.ts'
import { openDatabase, packageId, type Database, type PackageKey } from './database.ts'
import { noteTime } from './latest.ts'
import { canKeep, newKey, seal, unseal } from './sealing.ts'

/** Notes on a meeting that is not kept wait so long for the hub, milliseconds. */
const wait = 7 * 86_400_000

/** Notes of one person on one meeting, sealed on this device; null where nothing can be kept. */
export function localDocuments(personId: string, meetingId: string): LocalDocuments | null {
  if (!canKeep()) return null
  const id = packageId(personId, meetingId)
  /** By document, what this page has read or written of it: only that may be replaced. */
  const seen = new Map<string, number[]>()
  const place = (name: string) => `${id} ${name}`

  async function append(name: string, update: Uint8Array): Promise<void> {
    const database = await openDatabase()
    const sealed = await seal((await keysOf(database, id, personId, meetingId)).notesKey, place(name), new Uint8Array(update))
    const key = await database.add('notes', { id, document: name, ...sealed })
    seen.set(name, [...(seen.get(name) ?? []), key])
  }

  return {
    async load(name) {
      const database = await openDatabase()
      const keys = await database.get('keys', id)
      if (!keys) return []
      const updates: Uint8Array[] = []
      const read: number[] = []
      for (let cursor = await database.transaction('notes').store.index('document').openCursor([id, name]); cursor; cursor = await cursor.continue()) read.push(cursor.primaryKey)
      for (const key of read) {
        const sealed = await database.get('notes', key)
        const update = sealed && await unseal(keys.notesKey, place(name), sealed).catch(() => null)
        if (update) updates.push(update)
      }
      seen.set(name, read)
      return updates
    },
    append,
    async compact(name, state) {
      const replaced = seen.get(name) ?? []
      seen.set(name, [])
      // First what replaces them, then they: a crash in between leaves the same change twice, which is no harm.
      await append(name, state)
      const transaction = (await openDatabase()).transaction('notes', 'readwrite')
      for (const key of replaced) await transaction.store.delete(key)
      await transaction.done
    },
    unsent: async (name, isUnsent) => setUnsent(await openDatabase(), place(name), isUnsent),
  }
}

/** Names of the documents with something that may not have reached the hub. */
export async function unsentDocuments(personId: string, meetingId: string): Promise<string[]> {
  const database = await openDatabase()
  const id = packageId(personId, meetingId)
  const names: string[] = []
  for (const place of await unsentPlaces(database)) {
    if (!place.startsWith(`${id} `)) continue
    const name = place.slice(id.length + 1)
    // Deleted with its package: nothing is left to send.
    if ((await database.countFromIndex('notes', 'document', IDBKeyRange.only([id, name]))) > 0) names.push(name)
    else await setUnsent(database, place, false)
  }
  return names
}

async function unsentPlaces(database: Database): Promise<string[]> {
  const list = await database.get('device', 'unsent')
  return Array.isArray(list) ? list : []
}

async function setUnsent(database: Database, place: string, isUnsent: boolean): Promise<void> {
  const transaction = database.transaction('device', 'readwrite')
  const list = await transaction.store.get('unsent')
  const others = (Array.isArray(list) ? list : []).filter((other) => other !== place)
  await transaction.store.put(isUnsent ? [...others, place] : others, 'unsent')
  await transaction.done
}

async function keysOf(database: Database, id: string, personId: string, meetingId: string): Promise<PackageKey> {
  const known = await database.get('keys', id)
  if (known) return known
  const notesKey = await newKey()
  const notesExpireAt = (await noteTime(database)) + wait
  const transaction = database.transaction('keys', 'readwrite')
  // Another document of the same page may have been quicker.
  const keys = await transaction.store.get(id) ?? { id, personId, meetingId, key: notesKey, notesKey, expiresAt: 0, notesExpireAt, notesOnly: true }
  await transaction.store.put(keys)
  await transaction.done
  return keys
}
