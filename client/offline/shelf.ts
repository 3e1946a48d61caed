import { allOf, openDatabase, packageId, type Database, type PackageKey, type Sealed, type SealedPart } from './database.ts'
import { noteTime } from './latest.ts'
import { newKey, seal, sealJson, unseal, unsealJson } from './sealing.ts'

/** Notes that the hub does not have yet wait so long after the package has ended, milliseconds. */
const notesWait = 7 * 86_400_000

/** What is kept of one meeting for one person. */
export class Shelf {
  readonly id: string
  readonly personId: string
  readonly meetingId: string
  readonly #database: Database
  readonly #keys: PackageKey

  constructor(database: Database, keys: PackageKey) {
    this.#database = database
    this.#keys = keys
    this.id = keys.id
    this.personId = keys.personId
    this.meetingId = keys.meetingId
  }

  get notesKey(): CryptoKey { return this.#keys.notesKey }
  get expiresAt(): number { return this.#keys.expiresAt }

  async writePart(part: SealedPart, value: unknown): Promise<void> {
    await this.#database.put('parts', await sealJson(this.#keys.key, `${this.id} ${part}`, value), [this.id, part])
  }

  /** Null when there is none, or when it does not open. */
  async readPart<T>(part: SealedPart): Promise<T | null> {
    const sealed = await this.#database.get('parts', [this.id, part])
    return sealed ? unsealJson<T>(this.#keys.key, `${this.id} ${part}`, sealed).catch(() => null) : null
  }

  async writeChunk(sha256: string, index: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const sealed = await seal(this.#keys.key, this.#place(sha256, index), bytes)
    // The key may have been deleted in the meantime: nothing is written any more that nobody will look for.
    const transaction = this.#database.transaction(['keys', 'chunks'], 'readwrite')
    const key = await transaction.objectStore('keys').get(this.id)
    if (key && !key.notesOnly) await transaction.objectStore('chunks').put(sealed, [this.id, sha256, index])
    await transaction.done
  }

  /** Null when it is not there, or does not open. */
  async readChunk(sha256: string, index: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const sealed: Sealed | undefined = await this.#database.get('chunks', [this.id, sha256, index])
    return sealed ? unseal(this.#keys.key, this.#place(sha256, index), sealed).catch(() => null) : null
  }

  /** Numbers of the chunks that are kept, by file; below 0 lies what belongs to it (beside.ts). */
  async chunks(): Promise<Map<string, number[]>> {
    const found = new Map<string, number[]>()
    for (const [, sha256, index] of await this.#database.getAllKeys('chunks', allOf(this.id))) found.set(sha256, [...(found.get(sha256) ?? []), index])
    return found
  }

  async forgetFile(sha256: string): Promise<void> {
    await this.#database.delete('chunks', allOf(this.id, sha256))
  }

  /** The hub has said how long it may be kept. */
  async setExpiry(expiresAt: number): Promise<void> {
    this.#keys.expiresAt = expiresAt
    this.#keys.notesExpireAt = expiresAt + notesWait
    const transaction = this.#database.transaction('keys', 'readwrite')
    const stored = await transaction.store.get(this.id)
    if (stored) await transaction.store.put({ ...stored, expiresAt, notesExpireAt: this.#keys.notesExpireAt })
    await transaction.done
  }

  #place(sha256: string, index: number): string {
    return `${this.id} ${sha256} ${index}`
  }
}

/** The shelf of this person for this meeting; null when nothing is kept, or what was kept has expired. */
export async function openShelf(personId: string, meetingId: string): Promise<Shelf | null> {
  const database = await openDatabase()
  const keys = await database.get('keys', packageId(personId, meetingId))
  if (!keys || keys.notesOnly) return null
  return keys.expiresAt > await noteTime(database) ? new Shelf(database, keys) : null
}

/** The same, made when there is none. */
export async function makeShelf(personId: string, meetingId: string, expiresAt: number): Promise<Shelf> {
  const database = await openDatabase()
  const id = packageId(personId, meetingId)
  const fresh = { key: await newKey(), notesKey: await newKey() }
  const transaction = database.transaction('keys', 'readwrite')
  const known = await transaction.store.get(id)
  const keys: PackageKey = known && !known.notesOnly
    ? known
    : { id, personId, meetingId, ...fresh, ...(known ? { notesKey: known.notesKey } : {}), expiresAt, notesExpireAt: expiresAt + notesWait, notesOnly: false }
  await transaction.store.put(keys)
  await transaction.done
  return new Shelf(database, keys)
}
