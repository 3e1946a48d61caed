/** Canonical JSON (RFC 8785): the same value gives the same text, so that a hash follows from what is written. */
import canonicalize from 'canonicalize'

/**
 * The canonical text of a JSON value. The native writer does the work wherever its order of keys is the standard's; the
 * library does the rest. @throws Error for what JSON cannot carry: half a surrogate pair, NaN, Infinity, nothing at all
 */
export function canonicalText(value: unknown): string {
  const ordered = inOrder(value)
  const text = ordered === otherwise ? canonicalize(value) : JSON.stringify(ordered)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** Stands for a value that the native writer would not write canonically. */
const otherwise = Symbol('for the library')

/** The value with its keys in order, itself where they are; `otherwise` for whatever is not plain and well-formed. */
function inOrder(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : otherwise
    case 'number':
      return Number.isFinite(value) ? value : otherwise
    case 'boolean':
      return value
    case 'object':
      if (value === null) return null
      return Array.isArray(value) ? listInOrder(value) : isPlain(value) ? entriesInOrder(value) : otherwise
    default:
      return otherwise
  }
}

function listInOrder(list: unknown[]): unknown {
  let ordered = list
  for (let at = 0; at < list.length; at += 1) {
    const item = inOrder(list[at])
    if (item === otherwise) return otherwise
    if (item === list[at]) continue
    if (ordered === list) ordered = [...list]
    ordered[at] = item
  }
  return ordered
}

function entriesInOrder(value: Record<string, unknown>): unknown {
  const keys = Object.keys(value)
  let changed = !isSorted(keys)
  const items: unknown[] = []
  for (const key of changed ? keys.sort() : keys) {
    // JavaScript puts keys that look like indexes first whatever the order they are set in, and `__proto__` is no key to set.
    if (!isName(key)) return otherwise
    const entry = value[key]
    const item = entry === undefined ? undefined : inOrder(entry)
    if (item === otherwise) return otherwise
    changed ||= item !== entry
    items.push(item)
  }
  if (!changed) return value
  const ordered: Record<string, unknown> = {}
  keys.forEach((key, index) => (ordered[key] = items[index]))
  return ordered
}

/** Keys of ours begin with a letter. */
function isName(key: string): boolean {
  const first = key.charCodeAt(0) | 32
  return first >= 97 && first <= 122
}

function isSorted(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at += 1) if ((keys[at - 1] as string) > (keys[at] as string)) return false
  return true
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value)
}
