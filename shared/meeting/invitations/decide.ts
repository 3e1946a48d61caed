import { refusal } from '../../contracts/refusal.ts'
import { roleMay } from '../../permissions/meeting.ts'
import type { Commands, Deciders, Decision } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { changeRefusal, participantsRefusal } from '../participants/rules.ts'
import type { Participant } from '../participants/state.ts'
import type { MeetingState } from '../state.ts'
import { decideRefusal, invitationOf, replyRefusal, substituteOf, substituteRefusal } from './rules.ts'

type InvitationCommand = Extract<keyof Commands, `invitations:${string}`>

export const invitationDeciders: Deciders<InvitationCommand> = {
  'invitations:see': (state, _data, { personId }) =>
    statusRefusal(state, 'scheduled', 'inSession', 'recess') ??
    (invitationOf(state, personId).seenAt === null ? [{ type: 'invitation.seen', data: { personId } }] : refusal('invitations.unchanged')),

  'invitations:accept': (state, { personId }, context) => {
    const who = personId ?? context.personId
    const wrong = replyRefusal(state, context.personId, who)
    if (wrong) return wrong
    if (invitationOf(state, who).reply === 'accepted') return refusal('invitations.unchanged')
    return [{ type: 'invitation.accepted', data: { personId: who } }]
  },

  'invitations:excuse': (state, { personId, reason }, context) => {
    const who = personId ?? context.personId
    const wrong = replyRefusal(state, context.personId, who)
    if (wrong) return wrong
    const { reply, decision } = invitationOf(state, who)
    if (reply === 'excuse' && decision === 'agreed') return refusal('invitations.unchanged')
    return [{ type: 'invitation.excuseAsked', data: { personId: who, reason } }, ...(agreedAtOnce(state, context.personId, who) ? [decided(who, true)] : [])]
  },

  'invitations:substitute': (state, { personId, substituteId, reason }, context) => {
    const who = personId ?? context.personId
    const wrong = replyRefusal(state, context.personId, who) ?? substituteRefusal(state, who, substituteId)
    if (wrong) return wrong
    const named: NewFact = { type: 'invitation.substituteNamed', data: { personId: who, substituteId, reason } }
    if (!agreedAtOnce(state, context.personId, who)) return [named]
    const sent = sendSubstitute(state, who, substituteId)
    return Array.isArray(sent) ? [named, decided(who, true), ...sent] : sent
  },

  'invitations:decide': (state, { personId, agreed, note = null }, context) => {
    const wrong = decideRefusal(state, context.personId, personId, agreed)
    if (wrong) return wrong
    const { reply, substituteId } = invitationOf(state, personId)
    const consequences = reply !== 'substitute' || substituteId === null ? [] : agreed ? sendSubstitute(state, personId, substituteId) : recallSubstitute(state, personId)
    return Array.isArray(consequences) ? [decided(personId, agreed, note), ...consequences] : consequences
  },
}

/** Nobody stands above the chair; who records it for another has agreed by recording it. */
function agreedAtOnce(state: MeetingState, senderId: string, personId: string): boolean {
  return senderId !== personId || entry(state.participants, personId)?.role === 'chair'
}

function decided(personId: string, agreed: boolean, note: string | null = null): NewFact {
  return { type: 'invitation.decided', data: { personId, agreed, note } }
}

/**
 * The stand-in takes part where and as the member would, but whoever presides or keeps the record hands that on by itself.
 * The member's vote goes with him only where the rules say so.
 */
function sendSubstitute(state: MeetingState, personId: string, substituteId: string): Decision {
  const member = entry(state.participants, personId) as Participant
  const votes = member.votes && state.attendanceRules.substitutesVote
  const role = roleMay(member.role, 'meeting.lead') ? 'delegate' : member.role
  const substitute: Participant = { personId: substituteId, role, votes, siteId: member.siteId }
  return participantsRefusal(state.participants, state.details.siteIds, [substitute]) ?? [
    { type: 'participant.invited', data: substitute },
    ...(votes ? [{ type: 'participant.changed', data: { ...member, votes: false } } satisfies NewFact] : []),
  ]
}

/** The member comes himself after all: his vote comes back to him, the stand-in takes part no longer. */
function recallSubstitute(state: MeetingState, personId: string): Decision {
  const substituteId = substituteOf(state, personId)
  const substitute = substituteId === null ? undefined : entry(state.participants, substituteId)
  if (!substitute) return []
  return changeRefusal(state.participants, state.details.siteIds, substitute.personId, null) ?? [
    ...(state.presentation?.presenterId === substitute.personId ? [{ type: 'presentation.ended', data: {} } satisfies NewFact] : []),
    { type: 'participant.removed', data: { personId: substitute.personId } },
    ...voteReturned(state, personId, substitute),
  ]
}

/** What a member gets back when his stand-in leaves the list. */
export function voteReturned(state: MeetingState, personId: string, substitute: Participant): NewFact[] {
  const member = entry(state.participants, personId)
  return member && substitute.votes && !member.votes ? [{ type: 'participant.changed', data: { ...member, votes: true } }] : []
}
