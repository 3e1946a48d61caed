import type { TechnicianAct } from '../../shared/contracts/media.ts'
import { chosenDevices, keepDevices } from './chosen.ts'
import { devicesOf } from './capture.ts'
import type { OwnMedia } from './own-media.ts'

interface Acted {
  wishes: { microphone: boolean; audioOnly: boolean }
  media: () => OwnMedia | null
  /** Makes all connections anew. */
  rejoin: () => void
}

/** Does what a technician asks of this endpoint from afar. */
export async function actOn(act: TechnicianAct, { wishes, media, rejoin }: Acted): Promise<void> {
  switch (act) {
    case 'mute':
    case 'unmute':
      wishes.microphone = act === 'unmute'
      return
    case 'audioOnly':
    case 'allMedia':
      wishes.audioOnly = act === 'audioOnly'
      return
    case 'changeCamera': {
      const cameras = await devicesOf('videoinput')
      const devices = chosenDevices()
      const using = media()?.tracks.get('camera')?.getSettings().deviceId ?? devices.camera
      const next = cameras[(cameras.findIndex(({ deviceId }) => deviceId === using) + 1) % Math.max(1, cameras.length)]
      if (!next) return
      keepDevices({ ...devices, camera: next.deviceId })
      const own = media()
      if (own) own.devices = chosenDevices()
      await own?.renew('camera')
      return
    }
    case 'restartMedia':
      for (const source of ['microphone', 'camera', 'second'] as const) await media()?.renew(source)
      return rejoin()
    case 'resendPage':
      // The page is the meeting's: asking whether the line holds brings it anew.
      dispatchEvent(new Event('online'))
  }
}
