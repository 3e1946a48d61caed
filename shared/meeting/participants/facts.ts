import type { Participant } from './state.ts'

export interface ParticipantFacts {
  'participant.invited': Participant
  'participant.changed': Participant
  'participant.removed': { personId: string }
}
