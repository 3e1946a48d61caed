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

const settling = new WeakSet<Sent>()

/** Pauses or opens what is sent, as its owner and the plan have it; what they change while the worker has not answered yet counts when it has. */
export async function setPaused(sent: Sent): Promise<void> {
  if (settling.has(sent)) return
  settling.add(sent)
  const { producer } = sent
  const wanted = () => sent.pausedByHub || sent.pausedByOwner
  try {
    while (!producer.closed && producer.paused !== wanted()) await (producer.paused ? producer.resume() : producer.pause())
  } finally {
    settling.delete(sent)
  }
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
