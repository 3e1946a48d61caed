import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { leashed } from '../../../media/recording/leash.ts'
import type { RoomControl } from '../../../shared/media/room-control.ts'
import { capabilities } from './bridge.ts'

/** A site with a real camera and voice, by ffmpeg: one colour, one tone; every two seconds a white flash and a loud beep together. */
export interface Station {
  peerId: string
  pid: number
  /** Joins, or joins again after its worker died, and sends what it is granted. */
  enter(): Promise<void>
  stop(): void
}

export interface StationSettings { colour: string; hertz: number; voice?: boolean; picture?: boolean; size?: string; siteId?: string; /** A picture that is hard to encode, 24 a second, instead of the colour. */ lively?: boolean }

let lastSsrc = 900_000

/** Until it is stopped. VP8 with a key frame a second, Opus. */
export async function openStation(room: Pick<RoomControl, 'joinPlain' | 'produce'>, peerId: string, { colour, hertz, voice = true, picture = true, size = '640x360', siteId, lively = false }: StationSettings): Promise<Station> {
  const ears = createSocket('udp4').bind(0, '127.0.0.1')
  // All that one plain transport takes comes from one port.
  const mouth = createSocket('udp4').bind(0, '127.0.0.1')
  await Promise.all([once(ears, 'listening'), once(mouth, 'listening')])
  const [voiceSsrc, pictureSsrc] = [(lastSsrc += 1), (lastSsrc += 1)]
  let to: number | null = null
  ears.on('message', (packet) => { if (to !== null) mouth.send(packet, to, '127.0.0.1') })
  const target = `rtp://127.0.0.1:${ears.address().port}?pkt_size=1200`
  const child = spawn(...leashed('ffmpeg', [
    '-hide_banner', '-nostdin', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', lively ? `testsrc2=s=${size}:r=24,noise=alls=6:allf=t` : `color=c=${colour}:s=${size}:r=12,drawbox=c=white:t=fill:enable='lt(mod(t,2),0.25)'`,
    '-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=48000,volume='if(lt(mod(t,2),0.25),1,0.05)':eval=frame`,
    '-map', '0:v', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-threads', '1', '-b:v', lively ? '1500k' : '300k', '-g', '12', '-f', 'rtp', '-payload_type', '102', '-ssrc', String(pictureSsrc), target,
    '-map', '1:a', '-c:a', 'libopus', '-b:a', '32k', '-ac', '2', '-f', 'rtp', '-payload_type', '101', '-ssrc', String(voiceSsrc), target,
  ]), { stdio: ['ignore', 'ignore', 'inherit'] })
  return {
    peerId,
    pid: child.pid ?? 0,
    async enter() {
      const { send } = await room.joinPlain(peerId, capabilities, null, siteId)
      to = send.port
      const produce = (source: 'microphone' | 'camera', mimeType: string, clockRate: number, payloadType: number, ssrc: number) =>
        room.produce(peerId, send.transportId, source, { codecs: [{ mimeType, clockRate, payloadType, ...(source === 'microphone' ? { channels: 2 } : {}) }], encodings: [{ ssrc }] })
      if (voice) await produce('microphone', 'audio/opus', 48_000, 101, voiceSsrc)
      if (picture) await produce('camera', 'video/VP8', 90_000, 102, pictureSsrc)
    },
    stop() {
      child.kill('SIGKILL')
      ears.close()
      mouth.close()
    },
  }
}
