import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'

/** A web page of somebody else: plain `RTCPeerConnection` and `fetch`, nothing of ours, from another origin than the hub's. */
export interface Elsewhere { url: string; close(): void }

export async function elsewhere(): Promise<Elsewhere> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>elsewhere</title><video autoplay playsinline></video>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

export interface AtDoorPage { status: number; code: string | null; location: string | null; etag: string | null; link: string | null; offer: string; answer: string }

/** What this page offers is answered by the hub at `url`; a connection stays open in the page as `door`. */
export function knock(page: Page, url: string, token: string, how: { door: 'whip' | 'whep'; soundOnly?: boolean; simulcast?: boolean; codec?: string; voices?: number; pictures?: number }): Promise<AtDoorPage> {
  return page.evaluate(async ({ url, token, how }) => {
    const connection = new RTCPeerConnection()
    Object.assign(window, { door: connection })
    const prefer = (transceiver: RTCRtpTransceiver) => {
      if (!how.codec) return
      const codecs = (RTCRtpReceiver.getCapabilities('video')?.codecs ?? []).filter(({ mimeType }) => mimeType === how.codec || mimeType === 'video/rtx')
      transceiver.setCodecPreferences(codecs)
    }
    if (how.door === 'whip') {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: how.soundOnly ? false : { width: 640, height: 360 } })
      for (const track of stream.getTracks()) {
        const sendEncodings = track.kind === 'video' && how.simulcast ? [{ rid: 'q', scaleResolutionDownBy: 4 }, { rid: 'h', scaleResolutionDownBy: 2 }, { rid: 'f' }] : [{}]
        const transceiver = connection.addTransceiver(track, { direction: 'sendonly', sendEncodings, streams: [stream] })
        if (track.kind === 'video') prefer(transceiver)
      }
    } else {
      for (let n = 0; n < (how.voices ?? 1); n += 1) connection.addTransceiver('audio', { direction: 'recvonly' })
      for (let n = 0; n < (how.pictures ?? 1); n += 1) prefer(connection.addTransceiver('video', { direction: 'recvonly' }))
      const seen = new MediaStream()
      connection.addEventListener('track', ({ track }) => {
        seen.addTrack(track)
        const video = document.querySelector('video')
        if (video) video.srcObject = seen
      })
    }
    await connection.setLocalDescription()
    const offer = connection.localDescription?.sdp ?? ''
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/sdp', authorization: `Bearer ${token}` }, body: offer })
    const answer = await response.text()
    if (response.status === 201) await connection.setRemoteDescription({ type: 'answer', sdp: answer })
    const { headers } = response
    return { status: response.status, code: response.status === 201 ? null : JSON.parse(answer).code, location: headers.get('location'), etag: headers.get('etag'), link: headers.get('link'), offer, answer }
  }, { url, token, how })
}

/** How the page's connection stands. */
export function standing(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { door?: RTCPeerConnection }).door?.connectionState ?? 'none')
}
