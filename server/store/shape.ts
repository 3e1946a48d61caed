/** What a collection's shape allows; the same for both adapters. */
import type { CollectionShape, Filter, FindOptions } from './port.ts'
import { toText } from './text.ts'

const FIELD = /^[A-Za-z][A-Za-z0-9]*$/
const COLLECTION = /^[a-z][A-Za-z0-9]*$/

/** Fields that `find` may name, apart from `id`. */
export function declaredFields(shape: CollectionShape): string[] {
  return [...new Set([...(shape.unique ?? []), ...(shape.indexes ?? [])])]
}

/** Names go into table and index names, so they are letters and digits. @throws Error */
export function checkShape(shape: CollectionShape): void {
  if (!COLLECTION.test(shape.name)) throw new Error(`bad collection name ${shape.name}`)
  for (const field of declaredFields(shape)) {
    if (!FIELD.test(field) || field === 'id') throw new Error(`${shape.name}: bad field name ${field}`)
  }
}

/** @throws Error when a filter or the sort names a field that the shape does not declare */
export function checkQuery(shape: CollectionShape, filter: Filter, options: FindOptions = {}): void {
  const known = new Set(['id', ...declaredFields(shape)])
  const named = options.sort === undefined ? Object.keys(filter) : [...Object.keys(filter), options.sort]
  for (const field of named) {
    if (!known.has(field)) throw new Error(`${shape.name}: field ${field} is not declared`)
  }
}

/** The text a value is kept as. @throws TypeError when a declared field holds what cannot be compared, ValueTooLarge */
export function valueText(shape: CollectionShape, value: object): string {
  const fields = value as Record<string, unknown>
  for (const field of declaredFields(shape)) {
    const found = fields[field] ?? null
    const allowed = shape.unique?.includes(field) ? ['string'] : ['string', 'number', 'boolean']
    if (found !== null && !allowed.includes(typeof found)) throw new TypeError(`${shape.name}: ${field} must be ${allowed.join(', ')} or null`)
  }
  return toText(value)
}
