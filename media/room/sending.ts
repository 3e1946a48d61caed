import { highestTaken, type Served } from '../../shared/media/ladder.ts'
import type { Grant } from '../../shared/media/stage.ts'
import type { RoomListener, RoomPlan } from '../../shared/media/room-control.ts'
import type { Loud } from './legs.ts'
import { isVoice, type Sent } from './sent.ts'

/** What nobody takes any more is asked for so long before its sender is told to stop: a screen that turns a page of its gallery must not make cameras stutter. */
const lowerAfter = 3_000

export function grantOf(plan: RoomPlan, { peerId, source }: Pick<Sent, 'peerId' | 'source'>): Grant {
  return plan.grants[peerId]?.[source] ?? 'no'
}

/** Pauses or opens what is sent, as its owner and the plan have it. */
export async function setPaused(sent: Sent): Promise<void> {
  const { producer, pausedByHub, pausedByOwner } = sent
  if (producer.closed || producer.paused === (pausedByHub || pausedByOwner)) return
  await (producer.paused ? producer.resume() : producer.pause())
}

/** Whose voices are loud. */
export function levelsOf(loud: readonly Loud[], peerOf: (producerId: string) => string | undefined): { peerId: string; decibels: number }[] {
  return loud.flatMap(({ producerId, decibels }) => {
    const peerId = peerOf(producerId)
    return peerId === undefined ? [] : [{ peerId, decibels }]
  })
}

/** Tells senders the highest layer that anybody takes: more at once, less when it has been so for a while. */
export function tellLayersTaken(sending: readonly Sent[], served: readonly Pick<Served, 'taken'>[], now: number, tell: RoomListener['tell']): void {
  const pictures = sending.filter(({ source }) => !isVoice(source))
  const highest = highestTaken(pictures.map(({ producer }) => producer.id), served)
  for (const sent of pictures) {
    const wanted = highest[sent.producer.id] ?? -1
    if (wanted >= sent.told) sent.lowerSince = null
    else if (now - (sent.lowerSince ??= now) < lowerAfter) continue
    if (wanted === sent.told) continue
    sent.told = wanted
    sent.lowerSince = null
    tell(sent.by, 'media:layersTaken', { producerId: sent.producer.id, highest: wanted })
  }
}
