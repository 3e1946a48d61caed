import type { AuditEntry } from '../../shared/contracts/http/directory.ts'
import type { StoredFact } from '../store/port.ts'

/** A line of the audit log as an administrator reads it. */
export function auditEntry({ seq, at, type, by, data }: StoredFact): AuditEntry {
  const { about, address, meetingId, details } = data as Pick<AuditEntry, 'about' | 'address' | 'meetingId' | 'details'>
  return { seq, at, what: type, by, about, address, meetingId, details }
}
