/** What a participant has answered to his invitation: nothing yet, xác nhận dự họp, xin vắng, cử người dự thay. */
export const replies = ['none', 'accepted', 'excuse', 'substitute'] as const
export type Reply = (typeof replies)[number]

/** Xin vắng and dự họp thay wait for the chair's agreement (DOMAIN.md 2.6). */
export type ReplyDecision = 'pending' | 'agreed' | 'refused'

export interface Invitation {
  personId: string
  /** When the invitation was first opened. Chair and secretary know it; in other views it is null. */
  seenAt: number | null
  reply: Reply
  repliedAt: number | null
  /** Why, with 'excuse' and 'substitute'. Chair and secretary know it; in other views it is null. */
  reason: string | null
  /** With 'substitute': the person named to attend in this one's stead; he takes part once the chair has agreed. */
  substituteId: string | null
  /** With 'excuse' and 'substitute'; null with the others. */
  decision: ReplyDecision | null
  decidedAt: number | null
  /** What the chair had to say to it. Chair and secretary know it; in other views it is null. */
  note: string | null
  /** How many times it was answered. */
  changes: number
}

export function unanswered(personId: string): Invitation {
  return { personId, seenAt: null, reply: 'none', repliedAt: null, reason: null, substituteId: null, decision: null, decidedAt: null, note: null, changes: 0 }
}
