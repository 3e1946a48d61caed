import { randomInt } from 'node:crypto'
import type { PlainTransport } from 'mediasoup/types'
import type { RtpParameters } from '../../shared/contracts/media-parameters.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { OpenedCamera } from '../../shared/media/room-control.ts'
import { debianPrograms, hasPrograms, run } from '../recording/program.ts'
import type { RoomParts } from '../room/room-parts.ts'
import { lookAt, troubleOf, type Seen } from './looking.ts'
import { playlistOf, readsPlaylist } from './playlist.ts'

const payloadType = 96

/** H.264 as it comes; anything else is made into what every browser plays, of 720p at most. Parameter sets with each key frame: whoever looks on comes later. */
function pictureWords({ codec, reordered }: Seen): string[] {
  if (codec === 'h264' && !reordered) return ['-c:v', 'copy', '-bsf:v', 'dump_extra']
  return [
    '-vf', "scale=w='min(1280,iw)':h=-2,format=yuv420p", '-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'veryfast', '-tune', 'zerolatency',
    '-g', '50', '-b:v', '1500k', '-maxrate', '1500k', '-bufsize', '1500k',
  ]
}

/** Takes a camera into a room, by an ffmpeg of its own that lives as long as its transport. Of the address nothing is told or logged. @throws Refused */
export async function openCamera({ roomId, programs = debianPrograms, listener, log }: RoomParts, peerId: string, address: string, enter: () => Promise<PlainTransport>): Promise<OpenedCamera> {
  if (!(await hasPrograms(programs))) throw new Refused('media.cameraNoProgram')
  const seen = await lookAt(programs.ffprobe, address)
  const transport = await enter()
  const [ssrc, { localPort }] = [randomInt(1, 2 ** 31), transport.tuple]
  // `connect`: when this process has died nobody listens there, and ffmpeg ends by itself.
  const to = `rtp://127.0.0.1:${localPort}?rtcpport=${transport.rtcpTuple?.localPort ?? localPort}&connect=1&pkt_size=1200`
  const words = ['-nostdin', '-v', 'error', '-analyzeduration', '2000000', ...readsPlaylist, '-map', '0:v:0', ...pictureWords(seen), '-f', 'rtp', '-payload_type', String(payloadType), '-ssrc', String(ssrc), to]
  const { child, gone, said } = run(programs.ffmpeg, words, { cwd: '/', input: playlistOf(address) })
  transport.observer.once('close', () => child.kill('SIGKILL'))
  void gone.then(({ code }) => {
    if (transport.closed) return
    log.info({ roomId, peerId, ...seen, why: code === 0 ? 'ended' : troubleOf(said()) }, 'a camera sends no more')
    listener.tell(peerId, 'media:lost')
  })
  return { transportId: transport.id, rtpParameters: parametersOf(ssrc) }
}

/** The profile is the one that all browsers offer: what a camera really sends stands in its parameter sets, by which they decode it. */
function parametersOf(ssrc: number): RtpParameters {
  return {
    codecs: [{ mimeType: 'video/H264', payloadType, clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } }],
    encodings: [{ ssrc }], rtcp: { cname: `camera-${ssrc}` },
  }
}
