import type { RouterRtpCodecCapability } from 'mediasoup/types'

/** What every room carries. Opus repairs lost packets from the next one and falls silent with the speaker; VP8 is what all browsers do in layers, H.264 what cameras and encoders send. */
export const roomCodecs: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } },
]
