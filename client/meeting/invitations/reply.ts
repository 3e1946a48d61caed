import type { Commands } from '../../../shared/meeting/command.ts'
import type { Invitation } from '../../../shared/meeting/invitations/state.ts'
import { t } from '../../i18n/index.ts'

/** One's own answer, on its way to the hub: by socket from the meeting, by HTTP from the home page. */
export type OwnReply =
  | { reply: 'accepted' }
  | { reply: 'excuse'; reason: string }
  | { reply: 'substitute'; substituteId: string; reason: string }

export type ReplyStanding = Pick<Invitation, 'reply' | 'decision'>

/** "Đã xin vắng, chờ chủ tọa đồng ý" */
export function replyWords({ reply, decision }: ReplyStanding): string {
  if (reply === 'none' || reply === 'accepted') return t(`invitations.standing.${reply}`)
  const word = decision === 'agreed' ? 'Agreed' : decision === 'refused' ? 'Refused' : 'Pending'
  return t(`invitations.standing.${reply}${word}`)
}

export function replyTone({ reply, decision }: ReplyStanding): 'good' | 'caution' | 'bad' | 'quiet' {
  if (reply === 'accepted') return 'good'
  if (decision === 'refused') return 'bad'
  return decision === 'pending' ? 'caution' : 'quiet'
}

/** The command of a reply; with `personId` the reply of another, as he gave it by telephone. */
export function replyCommand(reply: OwnReply, personId?: string): { [T in ReplyCommand]: { type: T; data: Commands[T] } }[ReplyCommand] {
  const whose = personId === undefined ? {} : { personId }
  if (reply.reply === 'accepted') return { type: 'invitations:accept', data: whose }
  if (reply.reply === 'excuse') return { type: 'invitations:excuse', data: { ...whose, reason: reply.reason } }
  return { type: 'invitations:substitute', data: { ...whose, substituteId: reply.substituteId, reason: reply.reason } }
}
type ReplyCommand = 'invitations:accept' | 'invitations:excuse' | 'invitations:substitute'
