import { randomUUID } from 'node:crypto'
import { Refused, type RefusalCode } from '../../shared/contracts/refusal.ts'
import type { AuditedAct, Audit } from '../audit/audit.ts'
import { DuplicateKey, type Collection } from '../store/port.ts'
import type { Actor } from './actor.ts'
import type { PlaceRecord } from './records.ts'
import { written } from './written.ts'

export interface Place extends PlaceRecord { id: string }

/** Units and sites are kept alike: a name, a short name and a place in the official order. */
export interface Places {
  /** In official order, then by name. */
  all(): Promise<Place[]>
  /** @throws Refused unknown */
  require(id: string): Promise<void>
  /** @throws Refused nameTaken */
  add(place: PlaceRecord & { id?: string }, actor: Actor): Promise<Place>
  /** @throws Refused notFound | nameTaken */
  change(id: string, change: Partial<PlaceRecord>, actor: Actor): Promise<Place>
}

export interface PlaceWords { unknown: RefusalCode; nameTaken: RefusalCode; added: AuditedAct; changed: AuditedAct }

export function openPlaces(records: Collection<PlaceRecord>, audit: Audit, words: PlaceWords): Places {
  const byName = new Intl.Collator('vi')

  async function refusingTakenNames<T>(name: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write()
    } catch (error) {
      if (error instanceof DuplicateKey) throw new Refused(words.nameTaken, { name })
      throw error
    }
  }

  return {
    async all() {
      const found = await records.find({}, { sort: 'order' })
      return found.map(({ id, value }) => ({ id, ...value })).sort((a, b) => a.order - b.order || byName.compare(a.name, b.name))
    },
    async require(id) {
      if (!(await records.get(id))) throw new Refused(words.unknown)
    },
    async add({ id = randomUUID(), ...given }, actor) {
      const place = written(given)
      await refusingTakenNames(place.name, () => records.insert(id, place))
      await audit.record({ what: words.added, about: id, ...actor })
      return { id, ...place }
    },
    async change(id, change, actor) {
      const old = await records.get(id)
      if (!old) throw new Refused('notFound')
      const place = { ...old.value, ...written(change) }
      await refusingTakenNames(place.name, () => records.replace(id, old.version, place))
      await audit.record({ what: words.changed, about: id, ...actor, details: { fields: Object.keys(change).sort().join(' ') } })
      return { id, ...place }
    },
  }
}
