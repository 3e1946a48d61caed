import { DuplicateKey, VersionConflict, type Collection, type CollectionShape, type Records, type Versioned } from '../port.ts'
import { checkQuery, checkShape, valueText } from '../shape.ts'
import type { Row, Written } from './thread/records.ts'
import type { Thread } from './thread.ts'

export function sqliteRecords(thread: Thread): Records {
  return {
    async collection<T extends object>(shape: CollectionShape): Promise<Collection<T>> {
      checkShape(shape)
      await thread.call('declare', shape)
      return collectionOf<T>(thread, shape)
    },
  }
}

function collectionOf<T extends object>(thread: Thread, shape: CollectionShape): Collection<T> {
  const { name } = shape
  const refuse = (written: Written, id: string) => {
    if (written.stale) throw new VersionConflict(name, id)
    if (written.taken) throw new DuplicateKey(name, written.taken)
  }
  return {
    async get(id) {
      const row = await thread.call('get', name, id)
      return row && recordOf<T>(row)
    },
    async insert(id, value) {
      refuse(await thread.call('insert', name, id, valueText(shape, value)), id)
    },
    async replace(id, version, value) {
      refuse(await thread.call('replace', name, id, version, valueText(shape, value)), id)
    },
    async put(id, value) {
      refuse(await thread.call('put', name, id, valueText(shape, value)), id)
    },
    remove: id => thread.call('remove', name, id),
    async removeWhere(filter) {
      checkQuery(shape, filter)
      return thread.call('removeWhere', name, filter)
    },
    async find(filter, options = {}) {
      checkQuery(shape, filter, options)
      return (await thread.call('find', name, filter, options)).map(row => recordOf<T>(row))
    },
  }
}

function recordOf<T>({ id, version, value }: Row): Versioned<T> {
  return { id, version, value: JSON.parse(value) as T }
}
