import { withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Participant } from './state.ts'

export function evolveParticipants(participants: Record<string, Participant>, fact: VisibleFact): Record<string, Participant> {
  switch (fact.type) {
    case 'participant.invited':
    case 'participant.changed':
      return withEntry(participants, fact.data.personId, fact.data)
    case 'participant.removed':
      return withoutEntry(participants, fact.data.personId)
    default:
      return participants
  }
}
