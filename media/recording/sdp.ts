import type { RtpParameters } from 'mediasoup/types'

/** What ffmpeg needs to know of one stream that is sent to `port`, with its reports to `port` + 1. */
export function sessionDescription({ codecs }: Pick<RtpParameters, 'codecs'>, port: number): string {
  const [codec] = codecs
  if (!codec) throw new Error('a stream without a codec')
  const [kind, name = ''] = codec.mimeType.split('/')
  const encoding = [name, codec.clockRate, ...(codec.channels && codec.channels > 1 ? [codec.channels] : [])].join('/')
  const settings = Object.entries((codec.parameters ?? {}) as Record<string, unknown>).map(([key, value]) => `${key}=${String(value)}`).join(';')
  return [
    'v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0',
    `m=${kind} ${port} RTP/AVP ${codec.payloadType}`, `a=rtpmap:${codec.payloadType} ${encoding}`,
    ...(settings ? [`a=fmtp:${codec.payloadType} ${settings}`] : []), 'a=recvonly', '',
  ].join('\r\n')
}
