/** A copy of `map` with one entry set. */
export function withEntry<T>(map: Record<string, T>, id: string, value: T): Record<string, T> {
  return { ...map, [id]: value }
}

/** A copy of `map` with one entry changed; the same map when there is none. */
export function withChange<T extends object>(map: Record<string, T>, id: string, change: Partial<T>): Record<string, T> {
  const old = entry(map, id)
  return old ? { ...map, [id]: { ...old, ...change } } : map
}

/** A copy of `map` without one entry. */
export function withoutEntry<T>(map: Record<string, T>, id: string): Record<string, T> {
  const { [id]: _gone, ...rest } = map
  return rest
}

/** Own entries only: ids come from the wire, and `constructor` is not an agenda item. */
export function entry<T>(map: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(map, id) ? map[id] : undefined
}

export function mapValues<T, U>(map: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([id, value]) => [id, change(value)]))
}
