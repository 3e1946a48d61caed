import type { RtpCapabilities } from '../../shared/contracts/media-parameters.ts'
import type { TransportParameters } from '../../shared/contracts/media.ts'
import { endpointOf } from '../../shared/media/doors.ts'
import type { RoomControl } from '../../shared/media/room-control.ts'
import { fragmentUser, restartFragment, writeAnswer } from '../../shared/media/sdp/answer.ts'
import { readOffer, type Offer } from '../../shared/media/sdp/offer.ts'
import { acceptSending } from '../../shared/media/sdp/whip.ts'
import { acceptViewing } from '../../shared/media/sdp/whep.ts'
import { SenderPlace, ViewPlaceAtDoor, type DoorPlace } from './door-session.ts'
import type { MeetingBridge } from './meeting-bridge.ts'

/** What has come in at a door. */
export interface Opened {
  place: DoorPlace
  answer: string
  /** ICE's name for the far end. */
  user: string
  userOf(fragment: string): string | null
  restart(): Promise<string>
  leave(): void
}

export interface DoorSession extends Opened {
  sessionId: string
  restarts: number
  expiresAt: number
  since: number
  /** When it last had a line; by the clock that nobody sets. */
  seen: number
}

interface Asked { siteId: string; sdp: string; capabilities: RtpCapabilities; bridge: MeetingBridge; onEnd(): void; onTrouble(error: unknown): void }

const nothingReceived: RtpCapabilities = { codecs: [], headerExtensions: [] }

/** An encoder, by WHIP. @throws Refused */
export async function openSender({ siteId, sdp, capabilities, bridge, onEnd, onTrouble }: Asked): Promise<Opened> {
  const offer = readOffer(sdp)
  const { answered, sent } = acceptSending(offer, capabilities)
  const voiced = sent.some(({ kind }) => kind === 'audio') && !bridge.hasPage(siteId)
  const place = new SenderPlace({ siteId, voiced, medias: sent, onEnd, onTrouble })
  const { room, transport } = await bridge.openDoor(place, async (opened) => {
    const { send } = await opened.join(place.peerId, nothingReceived, siteId, endpointOf(siteId))
    try {
      await opened.connectTransport(place.peerId, send.transportId, offer.dtls)
    } catch (error) {
      opened.leave(place.peerId)
      throw error
    }
    place.begin(opened, send.transportId)
    return { room: opened, transport: send }
  })
  const wishes = (mimeType: string) => (mimeType.toLowerCase() === 'audio/opus' ? { useinbandfec: 1, usedtx: 1 } : {})
  const restart = async () => ({ ...transport, iceParameters: await room.restartIce(place.peerId, transport.transportId) })
  return opened(offer, place, writeAnswer(offer, transport, answered, wishes), restart, () => bridge.closeDoor(place))
}

/** A player, by WHEP. @throws Refused */
export async function openViewer({ siteId, sdp, capabilities, bridge, onEnd }: Asked): Promise<Opened> {
  const offer = readOffer(sdp)
  const { medias, places } = acceptViewing(offer, capabilities, bridge.stagePicture())
  const place = new ViewPlaceAtDoor(siteId, onEnd)
  const { room, view } = await bridge.openDoor(place, async (opened: RoomControl) => ({ room: opened, view: await opened.openView(place.peerId, siteId, place.beside, places, offer.dtls) }))
  const answered = medias.map((one) => {
    const sent = view.streams.find(({ mid }) => mid === one.media.mid)
    return sent ? { ...one, sent } : one
  })
  return opened(offer, place, writeAnswer(offer, view.transport, answered, () => ({})), () => room.restartView(place.peerId), () => bridge.closeDoor(place))
}

function opened(offer: Offer, place: DoorPlace, answer: string, restart: () => Promise<TransportParameters>, leave: () => void): Opened {
  const first = offer.medias[0]
  return {
    place, answer, user: offer.usernameFragment, userOf: fragmentUser, leave,
    restart: async () => restartFragment(first?.mid ?? '0', first?.kind ?? 'audio', await restart()),
  }
}
