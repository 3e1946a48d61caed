import { generateKeyBetween } from 'fractional-indexing'

interface Ranked {
  id: string
  rank: string
}

/**
 * A rank for a place among `siblings` (in order): behind `afterId`, first for null, last for undefined.
 * Null when `afterId` is not among them.
 */
export function rankBehind(siblings: readonly Ranked[], afterId: string | null | undefined): string | null {
  const at = afterId === undefined ? siblings.length - 1 : afterId === null ? -1 : siblings.findIndex(({ id }) => id === afterId)
  if (at === -1 && typeof afterId === 'string') return null
  return generateKeyBetween(siblings[at]?.rank ?? null, siblings[at + 1]?.rank ?? null)
}
