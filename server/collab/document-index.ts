import type { CollabName } from '../../shared/contracts/collab.ts'
import { collabNameOf } from '../../shared/contracts/collab.ts'
import { VersionConflict, type Collection, type Records, type Versioned } from '../store/port.ts'

/** What the hub knows of a document without opening it. */
interface DocumentRecord {
  /** The paper version whose common layer it belongs to (its document's name); null for what is nobody's meeting layer. */
  common: string | null
  ownerId: string | null
  /** Written to since it was last compacted. */
  changed: boolean
  /** Left out of the common layer: it reached for what is another's. */
  excluded: boolean
}

/** Which documents there are: the store lists none by itself. */
export class DocumentIndex {
  readonly #records: Collection<DocumentRecord>

  private constructor(records: Collection<DocumentRecord>) {
    this.#records = records
  }

  static async open(records: Records): Promise<DocumentIndex> {
    return new DocumentIndex(await records.collection<DocumentRecord>({ name: 'collabDocuments', indexes: ['common', 'changed'] }))
  }

  /** Before a document is written to: it must be found afterwards, whatever happens in between. */
  async changed(name: CollabName): Promise<void> {
    const id = collabNameOf(name)
    const known = await this.#records.get(id)
    const layer = name.kind === 'ink' && name.layer === 'meeting' ? { common: commonOf(name), ownerId: name.ownerId } : { common: null, ownerId: null }
    await this.#records.put(id, { ...layer, excluded: known?.value.excluded ?? false, changed: true })
  }

  /** Owners of meeting layers of one paper version. */
  async owners(common: string): Promise<{ ownerId: string; id: string }[]> {
    const found = await this.#records.find({ common })
    return found.flatMap(({ id, value }) => (value.ownerId !== null && !value.excluded ? [{ ownerId: value.ownerId, id }] : []))
  }

  async exclude(common: string, ownerIds: string[]): Promise<void> {
    for (const { id, value } of await this.#records.find({ common })) {
      if (value.ownerId !== null && ownerIds.includes(value.ownerId)) await this.#records.put(id, { ...value, excluded: true })
    }
  }

  /** Documents that were written to since they were last compacted. */
  changedOnes(limit: number): Promise<Versioned<DocumentRecord>[]> {
    return this.#records.find({ changed: true }, { limit })
  }

  /** A document has been compacted, unless it was written to meanwhile. */
  async compacted({ id, version, value }: Versioned<DocumentRecord>): Promise<void> {
    try {
      await this.#records.replace(id, version, { ...value, changed: false })
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
  }
}

/** The document that a meeting layer is merged into. */
export function commonOf({ meetingId, paperId, version }: Extract<CollabName, { kind: 'ink' }>): string {
  return collabNameOf({ kind: 'common', meetingId, paperId, version })
}
