import type { MediaRequests } from '../../shared/contracts/media.ts'
import type { RoomPlan } from '../../shared/media/room-control.ts'
import type { Picture, Wish } from './receiver.ts'
import { isVoice, type Sent } from './sent.ts'

export type Asked = MediaRequests['media:consume']

/** Nothing is on a screen before it says so. */
export const nothingAsked: Asked = { tiles: [], own: false, saveData: false }

/** Small, in a corner: one's own picture back. */
const ownSize = { width: 320, height: 180 }

/**
 * What one peer shall receive: the voices of all others if it may sound, and of the pictures those that are on its screen. What is muted by the plan is
 * among them, so that giving the floor negotiates nothing.
 */
export function wishOf(peerId: string, asked: Asked, plan: RoomPlan, sending: readonly Sent[]): Wish {
  if (!plan.receives.includes(peerId)) return { voices: [], speaker: null, stage: [], own: null, gallery: [], saveData: false }
  const rank = (sent: Sent) => (plan.stage.includes(sent.peerId) ? plan.stage.indexOf(sent.peerId) : plan.stage.length)
  const voices = plan.loudspeakers.includes(peerId) ? sending.filter((sent) => isVoice(sent.source) && sent.peerId !== peerId).sort((a, b) => rank(a) - rank(b)) : []
  const pictures = asked.tiles.flatMap(({ peerId: of, source, width, height }): Picture[] => {
    const sent = sending.find((one) => one.peerId === of && one.source === source)
    return sent && !isVoice(source) && of !== peerId ? [{ sent, width, height }] : []
  }).filter((one, at, all) => all.findIndex(({ sent }) => sent === one.sent) === at)
  const speaker = pictures.find(({ sent }) => sent.peerId === plan.stage[0] && sent.source === 'camera') ?? null
  const others = pictures.filter((one) => one !== speaker)
  const isStage = ({ sent }: Picture) => sent.source !== 'camera' || plan.stage.includes(sent.peerId)
  const own = asked.own ? sending.find((sent) => sent.peerId === peerId && sent.source === 'camera') : undefined
  return {
    voices, speaker, own: own ? { sent: own, ...ownSize } : null, saveData: asked.saveData,
    stage: others.filter(isStage).sort((a, b) => rank(a.sent) - rank(b.sent)), gallery: others.filter((one) => !isStage(one)),
  }
}
