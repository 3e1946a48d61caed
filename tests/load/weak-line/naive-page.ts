/**
 * The page of the naive room, as mediasoup's guides show one: microphone as the browser makes it, camera in three layers at the rates of mediasoup's own
 * example, everything of everybody consumed at once, nothing ever chosen or left out.
 */
import { Device, type types } from 'mediasoup-client'

async function ask<T>(path: string, body: object = {}): Promise<T> {
  return (await fetch(path, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<T>
}

const { peer, rtpCapabilities, send, receive } = await ask<{ peer: number; rtpCapabilities: types.RtpCapabilities; send: types.TransportOptions; receive: types.TransportOptions }>('/join')
const device = await Device.factory()
await device.load({ routerRtpCapabilities: rtpCapabilities })

const sending = device.createSendTransport(send)
const receiving = device.createRecvTransport(receive)
for (const transport of [sending, receiving]) {
  transport.on('connect', ({ dtlsParameters }, done, failed) => void ask('/connect', { peer, transportId: transport.id, dtlsParameters }).then(() => done(), failed))
}
sending.on('produce', ({ kind, rtpParameters }, done, failed) => void ask<{ id: string }>('/produce', { peer, kind, rtpParameters }).then(done, failed))

const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } })
const [microphone] = stream.getAudioTracks()
const [camera] = stream.getVideoTracks()
if (microphone) await sending.produce({ track: microphone })
if (camera) {
  const encodings = [100_000, 300_000, 900_000].map((maxBitrate) => ({ maxBitrate, scalabilityMode: 'L1T3' }))
  await sending.produce({ track: camera, encodings, codecOptions: { videoGoogleStartBitrate: 1000 } })
}

for (const options of await ask<types.ConsumerOptions[]>('/consume', { peer, rtpCapabilities: device.recvRtpCapabilities })) {
  const { id, kind, track } = await receiving.consume(options)
  const element = document.body.appendChild(document.createElement(kind))
  element.autoplay = true
  element.srcObject = new MediaStream([track])
  await ask('/resume', { id })
}
