import { chainHash, genesisHash } from '../meetings/chain.ts'
import { LogConflict, type JsonObject, type Logs, type StoredFact } from '../store/port.ts'

export const auditLogId = 'audit'

/** Everything the audit record knows of. Names are past tense, like facts. */
export type AuditedAct =
  | 'session.signedIn' | 'session.refused' | 'session.signedOut' | 'session.ended'
  | 'password.changed' | 'password.reset'
  | 'account.added' | 'account.changed' | 'account.deactivated' | 'account.reactivated' | 'rights.changed'
  | 'unit.added' | 'unit.changed' | 'site.added' | 'site.changed'
  | 'setup.done' | 'demo.loaded' | 'hub.started'
  | 'recording.downloaded' | 'recording.removed'
  | 'door.tokenMade' | 'door.tokenRevoked' | 'door.cameraStarted' | 'door.cameraStopped'
  | 'paper.downloaded' | 'paper.saved' | 'meeting.administered' | 'meeting.previewed'

export interface AuditRecord {
  what: AuditedAct
  /** Who did it; null when nobody was signed in, or the hub itself did it. */
  by: string | null
  /** Id of the person, unit, site or paper it was done to. */
  about?: string | null
  address?: string | null
  meetingId?: string | null
  /** Never a password, a token or a paper's text. */
  details?: Record<string, string | number | boolean>
}

export interface AuditPage { entries: StoredFact[]; before: number | null }

export interface Audit {
  /** Resolves when the entry is on disk; rejects when the store could not write it. */
  record(entry: AuditRecord): Promise<void>
  /** At most `limit` entries with seq < `before` (default: the newest), newest first. */
  page(limit: number, before?: number): Promise<AuditPage>
}

interface Waiting { entry: AuditRecord; at: number; resolve(): void; reject(reason: unknown): void }

/** The append-only audit record: one log, hash-chained like a meeting. Entries that wait are appended together. */
export function openAudit(logs: Logs, now: () => number = Date.now): Audit {
  let waiting: Waiting[] = []
  let writing = false
  let head: { lastSeq: number; hash: string } | null = null

  async function append(group: Waiting[]): Promise<void> {
    for (;;) {
      const last = head ?? await logs.head(auditLogId) ?? { lastSeq: 0, hash: genesisHash }
      const facts = group.map(({ entry, at }, index) => auditFact(entry, last.lastSeq + 1 + index, at))
      const hash = chainHash(last.hash, facts)
      try {
        await logs.append(auditLogId, last.lastSeq, facts, hash)
        head = { lastSeq: last.lastSeq + facts.length, hash }
        return
      } catch (error) {
        head = null
        // Another hub on the same store wrote in between: number the entries anew.
        if (!(error instanceof LogConflict)) throw error
      }
    }
  }

  async function write(): Promise<void> {
    if (writing) return
    writing = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, 500)
      try {
        await append(group)
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    writing = false
  }

  return {
    record(entry) {
      return new Promise((resolve, reject) => {
        waiting.push({ entry, at: now(), resolve, reject })
        void write()
      })
    },
    async page(limit, before) {
      const end = before ?? ((await logs.head(auditLogId))?.lastSeq ?? 0) + 1
      const begin = Math.max(0, end - 1 - limit)
      const entries: StoredFact[] = []
      for await (const { facts, lastSeq } of logs.read(auditLogId, begin)) {
        entries.push(...facts.filter(({ seq }) => seq > begin && seq < end))
        if (lastSeq >= end - 1) break
      }
      return { entries: entries.reverse(), before: begin > 0 ? begin + 1 : null }
    },
  }
}

function auditFact(entry: AuditRecord, seq: number, at: number): StoredFact {
  const data: JsonObject = {
    about: entry.about ?? null,
    address: entry.address ?? null,
    meetingId: entry.meetingId ?? null,
    details: entry.details ?? {},
  }
  return { seq, type: entry.what, v: 1, at, by: entry.by, commandId: null, data }
}
