/**
 * A page in Janus's VideoRoom, as its own example is one: microphone as the browser makes it, camera in three layers at the rates that Janus's example names,
 * everything of the other one subscribed to, nothing ever chosen. `?socket&room&own&other&media&relay`: where Janus speaks and sends, and where this page looks
 * for it instead.
 */
const asked = new URLSearchParams(location.search)
const given = (name: string) => asked.get(name) ?? ''
const [room, own, other] = ['room', 'own', 'other'].map((name) => Number(given(name)))
const [media, relay] = [given('media'), given('relay')]

interface Message { janus: string; transaction?: string; sender?: number; data?: { id: number }; plugindata?: { data: Record<string, unknown> }; jsep?: RTCSessionDescriptionInit }

const socket = new WebSocket(given('socket'), 'janus-protocol')
const waiting = new Map<string, (message: Message) => void>()
/** For the bench: what Janus says it sends from now on. */
const layers: { at: number; layer: number }[] = []
Object.assign(window, { layers })
let [spatial, temporal] = [2, 2]
socket.addEventListener('message', ({ data }) => {
  const message = JSON.parse(String(data)) as Message
  const changed = message.plugindata?.data
  if (typeof changed?.['substream'] === 'number' || typeof changed?.['temporal'] === 'number') {
    spatial = Number(changed['substream'] ?? spatial)
    temporal = Number(changed['temporal'] ?? temporal)
    layers.push({ at: Date.now(), layer: spatial * 3 + temporal })
  }
  // A request of a plugin is first acknowledged, then answered.
  if (message.janus !== 'ack') waiting.get(message.transaction ?? '')?.(message)
})
await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))

function ask(message: object): Promise<Message> {
  const transaction = crypto.randomUUID()
  return new Promise((resolve) => {
    waiting.set(transaction, resolve)
    socket.send(JSON.stringify({ ...message, transaction }))
  })
}
const session = (await ask({ janus: 'create' })).data?.id ?? 0
// Janus forgets who is silent for a minute.
setInterval(() => void ask({ janus: 'keepalive', session_id: session }), 20_000)
const attach = async () => (await ask({ janus: 'attach', session_id: session, plugin: 'janus.plugin.videoroom' })).data?.id ?? 0
const tell = (handle: number, body: object, jsep?: RTCSessionDescriptionInit) => ask({ janus: 'message', session_id: session, handle_id: handle, body, ...(jsep ? { jsep } : {}) })

/** Of Janus's candidates those at its own address, at which a page behind a relay looks for the relay. */
function theirs({ type, sdp = '' }: RTCSessionDescriptionInit): RTCSessionDescriptionInit {
  const lines = sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate') || line.includes(` ${media} `))
  return { type, sdp: relay ? lines.map((line) => (line.startsWith('a=candidate') ? line.replace(media, relay) : line)).join('\r\n') : lines.join('\r\n') }
}

/** With the page's candidates; behind a relay without, so that Janus finds no other way than where the page's packets come from. */
async function whole(connection: RTCPeerConnection): Promise<RTCSessionDescriptionInit> {
  while (connection.iceGatheringState !== 'complete') await new Promise((resolve) => connection.addEventListener('icegatheringstatechange', resolve, { once: true }))
  const { type, sdp } = connection.localDescription as RTCSessionDescription
  if (!relay) return { type, sdp }
  // Janus wants one; nobody is there.
  const nobody = 'a=candidate:1 1 udp 2122260223 127.0.0.1 9 typ host'
  return { type, sdp: sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate')).map((line) => (line.startsWith('a=ice-ufrag') ? `${nobody}\r\n${line}` : line)).join('\r\n') }
}

const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } })
const sending = new RTCPeerConnection()
for (const track of stream.getTracks()) {
  const sendEncodings = [{ rid: 'h', maxBitrate: 900_000 }, { rid: 'm', maxBitrate: 300_000, scaleResolutionDownBy: 2 }, { rid: 'l', maxBitrate: 100_000, scaleResolutionDownBy: 4 }]
  sending.addTransceiver(track, { direction: 'sendonly', streams: [stream], ...(track.kind === 'video' ? { sendEncodings } : {}) })
}
const publishing = await attach()
await tell(publishing, { request: 'join', ptype: 'publisher', room, id: own })
await sending.setLocalDescription()
const published = await tell(publishing, { request: 'configure', audio: true, video: true }, await whole(sending))
await sending.setRemoteDescription(theirs(published.jsep as RTCSessionDescriptionInit))

/** Nobody can subscribe before the other is connected. */
async function otherIsThere(): Promise<void> {
  for (;;) {
    const { plugindata } = await tell(publishing, { request: 'listparticipants', room })
    const people = (plugindata?.data['participants'] ?? []) as { id: number; publisher: boolean }[]
    if (people.some(({ id, publisher }) => id === other && publisher)) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
await otherIsThere()
const receiving = new RTCPeerConnection()
receiving.addEventListener('track', ({ track }) => {
  const element = document.body.appendChild(document.createElement(track.kind as 'audio' | 'video'))
  element.autoplay = true
  element.srcObject = new MediaStream([track])
})
const subscribing = await attach()
const offered = await tell(subscribing, { request: 'join', ptype: 'subscriber', room, streams: [{ feed: other }] })
await receiving.setRemoteDescription(theirs(offered.jsep as RTCSessionDescriptionInit))
await receiving.setLocalDescription()
await tell(subscribing, { request: 'start' }, await whole(receiving))

export {}
