/**
 * Documents that many edit (Yjs), over y-websocket at `collabPath`/<name>. The name says what it is and so who may do what; the meeting's id
 * stands first, so that a proxy can send all of a meeting to one hub.
 */
export const collabPath = '/collab'

/** A layer of notes on one version of a paper. `private`: its owner alone. `shared`: whom he chose. `meeting`: all who may see the paper. */
export type InkLayer = 'private' | 'shared' | 'meeting'

export type CollabName =
  /** One owner's notes on one layer; only he writes. */
  | { kind: 'ink'; meetingId: string; paperId: string; version: number; layer: InkLayer; ownerId: string }
  /** All owners' meeting layers of one paper in one document, merged by the hub; nobody else writes. */
  | { kind: 'common'; meetingId: string; paperId: string; version: number }
  | { kind: 'minutes'; meetingId: string }

/**
 * Close codes. After 44xx a client must not come again by itself; after 45xx it may, later.
 * y-websocket 3 retries every other code for ever.
 */
export const collabClosings = {
  notSignedIn: 4401,
  notAllowed: 4403,
  unknown: 4404,
  tooLarge: 4413,
  tooMany: 4429,
  malformed: 4400,
  hubStopping: 4503,
  workerFailed: 4500,
  /** The line takes less than is written for it; what was missed comes with the next sync. */
  tooSlow: 4508,
} as const

/**
 * A message type of our own beside y-websocket's 0–3; numbers and lengths as lib0 writes them (varUint). A client that asks (`[100, 0]`) is told
 * - `[100, 1, n]` saved: the first n changes (sync step 2 and update messages) it sent over this connection are on disk;
 * - `[100, 2, 0 | 1]` rights: it may read (0) or write (1), at once and whenever that changes;
 * - `[100, 3, n]` dropped: n of its changes so far were not taken, because it may only read. They count as answered in `saved`.
 * Nobody else is sent this type: y-websocket complains of types that it does not know.
 */
export const collabNotice = { type: 100, ask: 0, saved: 1, rights: 2, dropped: 3 } as const

/** The query that a wall opens a document with; it reads common layers of papers that everybody may see. */
export const projectorQuery = 'projector'

/**
 * The key of an entry at the root of a document in a meeting layer. The hub merges all owners' layers into one document, where equal keys
 * would replace each other: it merges no layer with keys that do not begin with their owner's id.
 */
export const ownedKey = (ownerId: string, id: string): string => `${ownerId}:${id}`

const part = /^[A-Za-z0-9_-]{1,64}$/
const layers: readonly string[] = ['private', 'shared', 'meeting'] satisfies InkLayer[]

/** `<meeting>/ink/<paper>.<version>/<layer>/<owner>`, `<meeting>/ink/<paper>.<version>/common`, `<meeting>/minutes`. */
export function collabNameOf(name: CollabName): string {
  switch (name.kind) {
    case 'ink': return `${name.meetingId}/ink/${name.paperId}.${name.version}/${name.layer}/${name.ownerId}`
    case 'common': return `${name.meetingId}/ink/${name.paperId}.${name.version}/common`
    case 'minutes': return `${name.meetingId}/minutes`
  }
}

/** What a name means; null when it is none. */
export function parseCollabName(text: string): CollabName | null {
  const [meetingId = '', kind, paperVersion = '', layer = '', ownerId, ...more] = text.split('/')
  if (!part.test(meetingId) || more.length > 0) return null
  if (kind === 'minutes') return text === `${meetingId}/minutes` ? { kind, meetingId } : null
  if (kind !== 'ink') return null
  const [, paperId = '', number = ''] = /^([A-Za-z0-9_-]{1,64})\.([1-9][0-9]{0,5})$/.exec(paperVersion) ?? []
  if (!paperId) return null
  const version = Number(number)
  if (layer === 'common') return ownerId === undefined ? { kind: 'common', meetingId, paperId, version } : null
  return layers.includes(layer) && ownerId !== undefined && part.test(ownerId)
    ? { kind, meetingId, paperId, version, layer: layer as InkLayer, ownerId }
    : null
}
