/** What a person wrote, as it is kept: composed Unicode, single spaces, none at the ends. Other values pass unchanged. */
export function written<T extends object>(fields: T): T {
  const kept = Object.entries(fields).map(([name, value]) =>
    [name, typeof value === 'string' ? value.normalize('NFC').replace(/\s+/gu, ' ').trim() : value])
  return Object.fromEntries(kept) as T
}
