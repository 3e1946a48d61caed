import { entry, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { unanswered, type Invitation } from './state.ts'

export function evolveInvitations(invitations: Record<string, Invitation>, fact: VisibleFact): Record<string, Invitation> {
  const change = (personId: string, part: Partial<Invitation>) => {
    const old = entry(invitations, personId) ?? unanswered(personId)
    return withEntry(invitations, personId, { ...old, seenAt: old.seenAt ?? fact.at, ...part })
  }
  const reply = (personId: string, part: Partial<Invitation>) =>
    change(personId, {
      reason: null, substituteId: null, decision: null, decidedAt: null, note: null, repliedAt: fact.at,
      changes: (entry(invitations, personId)?.changes ?? 0) + 1, ...part,
    })
  switch (fact.type) {
    case 'invitation.seen':
      return change(fact.data.personId, {})
    case 'invitation.accepted':
      return reply(fact.data.personId, { reply: 'accepted' })
    case 'invitation.excuseAsked':
      return reply(fact.data.personId, { reply: 'excuse', reason: fact.data.reason, decision: 'pending' })
    case 'invitation.substituteNamed':
      return reply(fact.data.personId, { reply: 'substitute', reason: fact.data.reason, substituteId: fact.data.substituteId, decision: 'pending' })
    case 'invitation.decided':
      return change(fact.data.personId, { decision: fact.data.agreed ? 'agreed' : 'refused', decidedAt: fact.at, note: fact.data.note })
    case 'participant.removed':
      return entry(invitations, fact.data.personId) ? withoutEntry(invitations, fact.data.personId) : invitations
    default:
      return invitations
  }
}
