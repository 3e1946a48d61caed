import type { RtpCapabilities, RtpParameters } from '../../contracts/media-parameters.ts'
import { Refused } from '../../contracts/refusal.ts'
import type { AnsweredMedia } from './answer.ts'
import { choose, common } from './choice.ts'
import type { Offer } from './offer.ts'
import { sentLayers, sentParameters } from './sending.ts'

export interface AcceptedSending {
  answered: AnsweredMedia[]
  sent: { kind: 'audio' | 'video'; rtpParameters: RtpParameters }[]
}

/**
 * What is taken of an offer by WHIP: its first voice and its first picture in a codec that the room carries; everything else is turned down.
 * @throws Refused `media.sdpNoCodec`, `media.sdpUnfit`
 */
export function acceptSending(offer: Offer, room: RtpCapabilities): AcceptedSending {
  const sent: AcceptedSending['sent'] = []
  const answered = offer.medias.map((media): AnsweredMedia => {
    const { kind } = media
    const [codec] = kind && media.sends ? common(media, room) : []
    if (!kind || !codec || sent.some((one) => one.kind === kind)) return { media, chosen: null }
    const chosen = choose(media, codec, room, 'recvonly')
    sent.push({ kind, rtpParameters: sentParameters(media, chosen) })
    const taken = sentLayers(media).map(({ rid }) => rid)
    return { media, chosen, rids: media.layers.map(({ rid }) => rid).filter((rid) => taken.includes(rid)) }
  })
  if (sent.length === 0) throw new Refused('media.sdpNoCodec')
  return { answered, sent }
}
