/** The shim's notes. Paths are relative to the recorded root. */
export type DiskEvent =
  | { op: 'create' | 'sync' | 'unlink' | 'mkdir'; path: string }
  | { op: 'write'; path: string; offset: number; data: Buffer }
  | { op: 'truncate'; path: string; length: number }
  | { op: 'rename'; path: string; to: string }

const OPS = [null, 'create', 'write', 'truncate', 'sync', 'rename', 'unlink', 'mkdir'] as const
const HEADER = 21

export function eventsOf(trace: Buffer): DiskEvent[] {
  const events: DiskEvent[] = []
  for (let at = 0; at < trace.length;) {
    const op = OPS[trace[at]!]
    const [pathLength, toLength, dataLength] = [1, 5, 9].map(offset => trace.readUInt32LE(at + offset)) as [number, number, number]
    const offset = Number(trace.readBigInt64LE(at + 13))
    const text = at + HEADER
    const path = trace.toString('utf8', text, text + pathLength)
    const to = trace.toString('utf8', text + pathLength, text + pathLength + toLength)
    const begin = text + pathLength + toLength
    const data = trace.subarray(begin, begin + dataLength)
    at = begin + dataLength
    if (op === 'write') events.push({ op, path, offset, data })
    else if (op === 'truncate') events.push({ op, path, length: offset })
    else if (op === 'rename') events.push({ op, path, to })
    else if (op) events.push({ op, path })
    else throw new Error('the trace is damaged')
  }
  return events
}
