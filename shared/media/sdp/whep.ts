import type { RtpCapabilities } from '../../contracts/media-parameters.ts'
import { Refused } from '../../contracts/refusal.ts'
import { viewPlaces, type ViewPlace } from '../view.ts'
import type { AnsweredMedia } from './answer.ts'
import { choose, common } from './choice.ts'
import type { Offer } from './offer.ts'

export interface AcceptedViewing {
  medias: Omit<AnsweredMedia, 'sent'>[]
  places: ViewPlace[]
}

/**
 * What a player by WHEP is given: a place for each voice and picture it asks for, as many as there are (shared/media/view.ts), all pictures in one codec:
 * `picture`, if the player takes it, else the room's first.
 * @throws Refused `media.sdpNoCodec`
 */
export function acceptViewing(offer: Offer, room: RtpCapabilities, picture: string | null): AcceptedViewing {
  const places: ViewPlace[] = []
  const medias = offer.medias.map((media): AcceptedViewing['medias'][number] => {
    const { kind, mid } = media
    const known = kind && media.receives ? common(media, room) : []
    const of = (mimeType: string | null) => known.find((one) => one.mimeType.toLowerCase() === mimeType?.toLowerCase())
    const [first] = places.filter((place) => place.kind === kind)
    // The hub numbers its packets once for each kind: places of one kind share codec and number.
    const codec = first ? known.find((one) => one.payloadType === first.payloadType && one.mimeType === first.mimeType)
      : kind === 'video' ? of(picture) ?? room.codecs.map(({ mimeType }) => of(mimeType)).find((one) => one !== undefined) : known[0]
    if (!kind || !codec || places.filter((place) => place.kind === kind).length >= viewPlaces[kind]) return { media, chosen: null }
    const { feedback } = choose(media, codec, room, 'sendonly')
    // The worker's extensions have numbers of their own, which an answer cannot change; without them there is no estimate of the line, and none is asked for.
    const chosen = { codec, extensions: [], feedback: feedback.filter(({ type }) => type === 'nack' || type === 'ccm') }
    const { mimeType, payloadType, clockRate, channels, parameters } = codec
    places.push({ mid, kind, mimeType, payloadType, clockRate, channels, parameters, feedback: chosen.feedback })
    return { media, chosen }
  })
  if (places.length === 0) throw new Refused('media.sdpNoCodec')
  return { medias, places }
}
