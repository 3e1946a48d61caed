import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { roleMay } from '../../permissions/meeting.ts'
import { entry } from '../entities.ts'
import { mostParticipants } from './commands.ts'
import type { Participant } from './state.ts'

function oneRefusal(siteIds: readonly string[], participant: Participant): Refusal | null {
  if (participant.votes && !roleMay(participant.role, 'votes.cast')) return refusal('participants.roleCannotVote')
  if (participant.siteId !== null && !siteIds.includes(participant.siteId)) return refusal('participants.unknownSite')
  return null
}

/** Whether these people may be added to those already there. */
export function participantsRefusal(
  existing: Record<string, Participant>,
  siteIds: readonly string[],
  added: readonly Participant[],
): Refusal | null {
  const ids = new Set(added.map((one) => one.personId))
  if (ids.size < added.length || added.some((one) => entry(existing, one.personId))) return refusal('participants.alreadyInvited')
  if (Object.keys(existing).length + added.length > mostParticipants) return refusal('participants.tooMany', { most: mostParticipants })
  const chairs = [...Object.values(existing), ...added].filter((one) => one.role === 'chair')
  if (chairs.length > 1) return refusal('participants.chairTaken')
  return added.map((one) => oneRefusal(siteIds, one)).find((wrong) => wrong !== null) ?? null
}

/** Whether one participant may become `next` (null: leave the list). Somebody must always be left who can lead. */
export function changeRefusal(
  existing: Record<string, Participant>,
  siteIds: readonly string[],
  personId: string,
  next: Participant | null,
): Refusal | null {
  if (!entry(existing, personId)) return refusal('participants.unknown')
  const others = Object.values(existing).filter((one) => one.personId !== personId)
  const after = next ? [...others, next] : others
  if (next && after.filter((one) => one.role === 'chair').length > 1) return refusal('participants.chairTaken')
  if (!after.some((one) => roleMay(one.role, 'meeting.lead'))) return refusal('participants.lastLeader')
  return next && oneRefusal(siteIds, next)
}
