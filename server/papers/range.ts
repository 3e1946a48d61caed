/** Which bytes of a file a request asks for (RFC 9110, 14). `null`: all of them. 'unsatisfiable': none that exist. */
export type WantedRange = { start: number; end: number } | null | 'unsatisfiable'

/**
 * One range is honoured. Several, other units and what is not well formed are answered with the whole file, as the RFC allows:
 * many small overlapping ranges are a known way to make a server work for nothing.
 */
export function wantedRange(header: string | undefined, size: number): WantedRange {
  const match = /^bytes=\s*(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))\s*$/i.exec(header ?? '')
  if (!match) return null
  const [, first, last, suffix] = match
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last ? Math.min(Number(last), size - 1) : size - 1
  if (last && Number(last) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}

/** Whether `etag` (strong, with its quotes) is in an If-None-Match list; weak marks do not matter there. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return true
  return header.trim() !== '*' && !header.split(',').some(one => one.trim().replace(/^W\//, '') === etag)
}
