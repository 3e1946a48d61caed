import type { RoomPlan } from '../../shared/media/room-control.ts'
import { grantOf } from '../room/sending.ts'
import { isVoice, type Sent } from '../room/sent.ts'

/** What of a room is written down at one moment. */
export interface Takes {
  main: Sent | null
  /** Who speaks, small, while a screen is large. */
  inset: Sent | null
  voices: Sent[]
}

/** All that can be heard, and what a screen shows that follows the stage: a shared screen or the slides before the speaker, who is small then. */
export function takesOf(plan: RoomPlan, sending: readonly Sent[]): Takes {
  const open = sending.filter((sent) => grantOf(plan, sent) === 'yes' && !sent.pausedByOwner && !sent.pausedByHub && !sent.producer.closed)
  const rank = ({ peerId }: Sent) => (plan.stage.includes(peerId) ? plan.stage.indexOf(peerId) : plan.stage.length)
  const shared = open.filter(({ source }) => source === 'screen' || source === 'second').sort((a, b) => rank(a) - rank(b))[0] ?? null
  const speaker = open.filter(({ source, peerId }) => source === 'camera' && plan.stage.includes(peerId)).sort((a, b) => rank(a) - rank(b))[0] ?? null
  return { main: shared ?? speaker, inset: shared ? speaker : null, voices: open.filter(({ source }) => isVoice(source)) }
}
