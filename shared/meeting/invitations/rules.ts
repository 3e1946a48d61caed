import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { Participant } from '../participants/state.ts'
import { may } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import { unanswered, type Invitation } from './state.ts'

/** So often may a person change his mind by himself; the secretary may after that. */
const mostReplies = 20

type Meeting = Pick<MeetingCommon, 'participants' | 'invitations'>

export function invitationOf(meeting: Pick<MeetingCommon, 'invitations'>, personId: string): Invitation {
  return entry(meeting.invitations, personId) ?? unanswered(personId)
}

/** Whether the chair has agreed that this person stays away, or sends another (vắng có phép). */
export function isExcused(meeting: Pick<MeetingCommon, 'invitations'>, personId: string): boolean {
  return entry(meeting.invitations, personId)?.decision === 'agreed'
}

/** Who attends in this person's stead, with the chair's agreement. */
export function substituteOf(meeting: Pick<MeetingCommon, 'invitations'>, personId: string): string | null {
  const invitation = entry(meeting.invitations, personId)
  return invitation?.reply === 'substitute' && invitation.decision === 'agreed' ? invitation.substituteId : null
}

/** In whose stead this person attends. */
export function standsInFor(meeting: Pick<MeetingCommon, 'invitations'>, personId: string): string | null {
  return Object.values(meeting.invitations).find((one) => substituteOf(meeting, one.personId) === personId)?.personId ?? null
}

/** Excuses and substitutes that wait for the chair, first come first. */
export function repliesToDecide(meeting: Meeting): Invitation[] {
  return Object.values(meeting.invitations)
    .filter((one) => one.decision === 'pending' && entry(meeting.participants, one.personId))
    .sort((a, b) => (a.repliedAt ?? 0) - (b.repliedAt ?? 0))
}

/** Whether `senderId` may answer the invitation of `personId` now. */
export function replyRefusal(meeting: MeetingCommon, senderId: string, personId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  if (senderId !== personId && !may(meeting, senderId, 'invitations.decide')) return refusal('permission.denied')
  if (!entry(meeting.participants, personId)) return refusal('participants.unknown')
  if (substituteOf(meeting, personId)) return refusal('invitations.substituteAgreed')
  const { changes } = invitationOf(meeting, personId)
  return senderId === personId && changes >= mostReplies ? refusal('invitations.tooMany', { most: mostReplies }) : null
}

/** A stand-in sends no stand-in (DOMAIN.md 2.1: one level), and who is there anyway stands in for nobody. */
export function substituteRefusal(meeting: MeetingCommon, personId: string, substituteId: string): Refusal | null {
  if (standsInFor(meeting, personId)) return refusal('invitations.substituteOfSubstitute')
  return entry(meeting.participants, substituteId) ? refusal('participants.alreadyInvited') : null
}

/** Whether `senderId` may agree or refuse what `personId` has asked. */
export function decideRefusal(meeting: MeetingCommon, senderId: string, personId: string, agreed: boolean): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  if (!entry(meeting.participants, personId)) return refusal('participants.unknown')
  if (senderId === personId) return refusal('invitations.own')
  const { decision } = invitationOf(meeting, personId)
  if (decision === null) return refusal('invitations.nothingToDecide')
  return decision === (agreed ? 'agreed' : 'refused') ? refusal('invitations.unchanged') : null
}

/** A member's vote is his stand-in's only where the meeting's rules say so, and never both have it. */
export function standInVoteRefusal(meeting: MeetingCommon, next: Participant): Refusal | null {
  if (!next.votes) return null
  const memberId = standsInFor(meeting, next.personId)
  if (memberId && !meeting.attendanceRules.substitutesVote) return refusal('invitations.substitutesDoNotVote')
  const otherId = memberId ?? substituteOf(meeting, next.personId)
  return otherId && entry(meeting.participants, otherId)?.votes ? refusal('invitations.voteIsWithOther') : null
}
