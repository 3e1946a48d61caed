import type { Logger } from 'pino'
import { changesRights, type Step } from '../../shared/meeting/project.ts'
import type { Audit } from '../audit/audit.ts'

/**
 * Who may do and see what in a meeting is part of its log; the audit record says besides that it was changed, so that an
 * administrator who may not look into a meeting can still see who changed rights in it.
 */
export function auditRights(audit: Audit, log: Logger, meetingId: string, steps: readonly Step[]): void {
  for (const step of steps) {
    const { fact } = step
    if (!isRights(step)) continue
    // Never an item: the record is also read by administrators who may not know of it. The seq finds it for who may.
    const about = 'personId' in fact.data ? fact.data.personId : null
    const details = { fact: fact.type, seq: fact.seq, ...('role' in fact.data ? { role: fact.data.role, votes: fact.data.votes } : {}) }
    // The fact is durable; the audit entry follows it and names its seq, so a lost one can be told from the log.
    audit.record({ what: 'rights.changed', by: fact.by, about, meetingId, details }).catch((error: unknown) => {
      log.error({ err: error, meetingId, seq: fact.seq }, 'change of rights not written to the audit record')
    })
  }
}

/** Papers that come, are approved or go change what people see too, but give and take no rights. */
function isRights(step: Step): boolean {
  const { fact } = step
  if (fact.type === 'paper.accessChanged' || fact.type === 'papers.rulesSet') return true
  return fact.type !== 'meeting.published' && !fact.type.startsWith('paper.') && changesRights(step)
}
