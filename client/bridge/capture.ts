/** Why a camera or microphone is not there: refused by its owner or the browser, none plugged in, in use elsewhere, or no secure page (http). */
export type CaptureFailure = 'denied' | 'missing' | 'busy' | 'insecure'

export class CaptureFailed extends Error {
  readonly reason: CaptureFailure
  constructor(reason: CaptureFailure) {
    super(reason)
    this.reason = reason
  }
}

/** Devices that this machine's user has chosen; null: the browser's own choice. */
export interface ChosenDevices {
  camera: string | null
  microphone: string | null
  /** A second picture, such as the machine with the slides; null: none. */
  second: string | null
}

const pictures: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } }

/** Rejects with CaptureFailed. */
export async function captureMicrophone(deviceId: string | null): Promise<MediaStreamTrack> {
  return only(await askFor(deviceId, (device) => ({ audio: { ...device, channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })), 'audio')
}

/** Rejects with CaptureFailed. */
export async function captureCamera(deviceId: string | null): Promise<MediaStreamTrack> {
  return only(await askFor(deviceId, (device) => ({ video: { ...device, ...pictures } })), 'video')
}

/** A second picture is that of this device or none: the room's camera twice would help nobody. Rejects with CaptureFailed. */
export async function captureSecond(deviceId: string): Promise<MediaStreamTrack> {
  return only(await ask({ video: { deviceId: { exact: deviceId }, ...pictures } }), 'video')
}

/** A screen or window that its user picks, with its sound where the browser gives it; null: he changed his mind. */
export async function captureScreen(): Promise<{ picture: MediaStreamTrack; sound: MediaStreamTrack | null } | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 }, width: { max: 1920 }, height: { max: 1080 } }, audio: true })
    const [picture] = stream.getVideoTracks()
    return picture ? { picture, sound: stream.getAudioTracks()[0] ?? null } : null
  } catch {
    return null
  }
}

/** Names are given only after one of them has been allowed. */
export async function devicesOf(kind: MediaDeviceKind): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  return all.filter((one) => one.kind === kind && one.deviceId !== '')
}

/** The device that was chosen, which browsers take for certain only when it must be that one; one that is not plugged in today keeps nobody out. */
async function askFor(deviceId: string | null, constraints: (device: MediaTrackConstraints) => MediaStreamConstraints): Promise<MediaStream> {
  if (deviceId === null) return ask(constraints({}))
  try {
    return await ask(constraints({ deviceId: { exact: deviceId } }))
  } catch (error) {
    if (error instanceof CaptureFailed && error.reason === 'missing') return ask(constraints({}))
    throw error
  }
}

async function ask(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) throw new CaptureFailed('insecure')
  try {
    return await navigator.mediaDevices.getUserMedia(constraints)
  } catch (error) {
    const { name } = error as DOMException
    throw new CaptureFailed(name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing')
  }
}

function only(stream: MediaStream, kind: 'audio' | 'video'): MediaStreamTrack {
  const track = stream.getTracks().find((one) => one.kind === kind)
  if (!track) throw new CaptureFailed('missing')
  return track
}
