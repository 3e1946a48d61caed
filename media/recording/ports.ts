import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

const tries = 50
const given = new Set<number>()

/** Two free UDP ports side by side, the first one even: where ffmpeg listens for a stream and its reports. Not given again before `giveBack`. */
export async function portPair(): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const any = await bound(0)
    if (!any) continue
    const port = any.address().port & ~1
    await closed(any)
    if (given.has(port)) continue
    const pair = [await bound(port), await bound(port + 1)]
    for (const socket of pair) if (socket) await closed(socket)
    if (!pair.every(Boolean)) continue
    given.add(port)
    return port
  }
  throw new Error('there are no two free UDP ports side by side')
}

export function giveBack(port: number): void {
  given.delete(port)
}

/** Resolves when somebody listens at this UDP port of this machine: what is sent before is lost. False: nobody within `patience` milliseconds, or `ended`. */
export async function isListening(port: number, ended: () => boolean, patience = 5_000): Promise<boolean> {
  const needle = `:${port.toString(16).toUpperCase().padStart(4, '0')} `
  for (const began = performance.now(); performance.now() - began < patience && !ended(); await pause(10)) {
    // Trying to bind it could take it away from whom it is for.
    const tables = await Promise.all(['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8').catch(() => '')))
    if (tables.some((table) => table.includes(needle))) return true
  }
  return false
}

async function bound(port: number): Promise<Socket | null> {
  const socket = createSocket('udp4')
  try {
    socket.bind({ port, exclusive: true })
    await once(socket, 'listening')
    return socket
  } catch {
    return null
  }
}

async function closed(socket: Socket): Promise<void> {
  const over = once(socket, 'close')
  socket.close()
  await over
}
