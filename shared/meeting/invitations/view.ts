import type { Invitation } from './state.ts'

/** Invitations are immutable, so a difference of views finds the same object. */
const known = new WeakMap<Invitation, Invitation>()

/** What those who do not lead know of replies: that somebody comes, stays away or is replaced, not why, and not who has looked. */
export function openInvitations(invitations: Record<string, Invitation>): Record<string, Invitation> {
  return Object.fromEntries(Object.entries(invitations).filter(([, one]) => one.reply !== 'none').map(([id, one]) => [id, withoutReasons(one)]))
}

function withoutReasons(invitation: Invitation): Invitation {
  let open = known.get(invitation)
  if (!open) known.set(invitation, (open = { ...invitation, seenAt: null, reason: null, note: null }))
  return open
}
