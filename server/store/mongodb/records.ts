import type { Collection as Documents, Db, Filter as MongoFilter, Sort, UpdateFilter } from 'mongodb'
import {
  DuplicateKey, VersionConflict, type Collection, type CollectionShape, type Filter, type FindOptions, type Records, type Versioned,
} from '../port.ts'
import { checkQuery, checkShape, declaredFields, valueText } from '../shape.ts'
import { isDuplicate } from './duplicate.ts'

/** The value as JSON text, and each declared field beside it as `f_<field>` when it has a value, for the indexes. */
interface RecordDocument { _id: string; version: number; value: string; [field: `f_${string}`]: string | number | boolean }

export function mongoRecords(database: Db): Records {
  return {
    async collection<T extends object>(shape: CollectionShape): Promise<Collection<T>> {
      checkShape(shape)
      const documents = database.collection<RecordDocument>(`records_${shape.name}`)
      for (const field of declaredFields(shape)) {
        const unique = shape.unique?.includes(field) ?? false
        // Sparse: records without the field do not collide.
        const options = unique ? { unique, sparse: true, name: `unique_${field}` } : { name: `index_${field}` }
        await documents.createIndex({ [`f_${field}`]: 1 }, options)
      }
      return collectionOf<T>(documents, shape)
    },
  }
}

function collectionOf<T extends object>(documents: Documents<RecordDocument>, shape: CollectionShape): Collection<T> {
  const { name } = shape

  /** The same whether the server names the index that refused or (FerretDB) does not even say that it was one. */
  async function refusalOf(error: unknown, id: string, value: T, inserting: boolean): Promise<unknown> {
    if (inserting && isDuplicate(error) && (await documents.findOne({ _id: id }, { projection: { _id: 1 } }))) return new DuplicateKey(name, 'id')
    for (const field of shape.unique ?? []) {
      const key = (value as Record<string, unknown>)[field] ?? null
      if (key === null) continue
      const other = await documents.findOne({ [`f_${field}`]: key, _id: { $ne: id } } as MongoFilter<RecordDocument>, { projection: { _id: 1 } })
      if (other) return new DuplicateKey(name, field)
    }
    return error
  }

  async function put(id: string, value: T, again: boolean): Promise<void> {
    try {
      await documents.updateOne({ _id: id }, updateOf(shape, value), { upsert: true })
    } catch (error) {
      const refusal = await refusalOf(error, id, value, false)
      // Two upserts of one new id: the loser finds it there now.
      if (again && isDuplicate(error) && refusal === error) return put(id, value, false)
      throw refusal
    }
  }

  return {
    async get(id) {
      const found = await documents.findOne({ _id: id })
      return found && recordOf<T>(found)
    },
    async insert(id, value) {
      const { $set } = updateOf(shape, value)
      try {
        await documents.insertOne({ _id: id, version: 1, ...$set } as RecordDocument)
      } catch (error) {
        throw await refusalOf(error, id, value, true)
      }
    },
    async replace(id, version, value) {
      const update = updateOf(shape, value)
      const { matchedCount } = await documents.updateOne({ _id: id, version }, update).catch(async error => {
        throw await refusalOf(error, id, value, false)
      })
      if (matchedCount === 0) throw new VersionConflict(name, id)
    },
    put: (id, value) => put(id, value, true),
    async remove(id) {
      return (await documents.deleteOne({ _id: id })).deletedCount === 1
    },
    async removeWhere(filter) {
      checkQuery(shape, filter)
      return (await documents.deleteMany(filterOf(filter))).deletedCount
    },
    async find(filter, options = {}) {
      checkQuery(shape, filter, options)
      if (options.limit === 0) return []
      const found = await documents.find(filterOf(filter), { sort: sortOf(options), limit: options.limit ?? 0 }).toArray()
      return found.map(document => recordOf<T>(document))
    },
  }
}

function recordOf<T>({ _id, version, value }: RecordDocument): Versioned<T> {
  return { id: _id, version, value: JSON.parse(value) as T }
}

function updateOf(shape: CollectionShape, value: object): UpdateFilter<RecordDocument> & { $set: object } {
  const present: Record<string, unknown> = { value: valueText(shape, value) }
  const absent: Record<string, ''> = {}
  for (const field of declaredFields(shape)) {
    const found = (value as Record<string, unknown>)[field] ?? null
    if (found === null) absent[`f_${field}`] = ''
    else present[`f_${field}`] = found
  }
  const update = { $set: present, $inc: { version: 1 }, ...(Object.keys(absent).length > 0 && { $unset: absent }) }
  return update as UpdateFilter<RecordDocument> & { $set: object }
}

const placeOf = (field: string) => (field === 'id' ? '_id' : `f_${field}`)

function filterOf(filter: Filter): MongoFilter<RecordDocument> {
  return Object.fromEntries(Object.entries(filter).map(([field, wanted]) => [placeOf(field), wanted])) as MongoFilter<RecordDocument>
}

function sortOf({ sort = 'id', descending = false }: FindOptions): Sort {
  const direction = descending ? -1 : 1
  return sort === 'id' ? { _id: direction } : { [placeOf(sort)]: direction, _id: direction }
}
