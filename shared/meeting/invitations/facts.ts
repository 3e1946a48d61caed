export interface InvitationFacts {
  'invitation.seen': { personId: string }
  'invitation.accepted': { personId: string }
  'invitation.excuseAsked': { personId: string; reason: string }
  'invitation.substituteNamed': { personId: string; substituteId: string; reason: string }
  /** The chair's word on an excuse or a substitute; it can be taken back by another. */
  'invitation.decided': { personId: string; agreed: boolean; note: string | null }
}
