import type { ChosenDevices } from './capture.ts'

const key = 'giao-ban.bridge'

interface Kept {
  devices: ChosenDevices
  /** Of this machine's room; null: it is no room's endpoint. */
  code: string | null
}

/** Which camera and microphone this machine uses, and whose room it stands in: chosen once. */
function kept(): Kept {
  const nothing: Kept = { devices: { camera: null, microphone: null, second: null }, code: null }
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>
    return { devices: { ...nothing.devices, ...stored.devices }, code: typeof stored.code === 'string' ? stored.code : null }
  } catch {
    // Storage may be closed to us (private mode).
    return nothing
  }
}

function keep(now: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(now))
  } catch { /* see kept() */ }
}

export const chosenDevices = () => kept().devices
export const keepDevices = (devices: ChosenDevices) => keep({ ...kept(), devices })
export const roomCode = () => kept().code
export const keepRoomCode = (code: string | null) => keep({ ...kept(), code })
