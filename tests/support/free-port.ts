import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Below the ports that systems hand out by themselves (from 32768 on): no connection that is made meanwhile takes one of these. */
const [lowest, above] = [12_000, 32_000]

/** A port of this machine that nobody listens on, for a program that cannot say which one it took. */
export function freePort(): Promise<number> {
  return freePorts(1)
}

/** The first of so many ports in a row that nobody listens on, on any loopback address and for neither UDP nor TCP. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = lowest + Math.floor(Math.random() * (above - lowest - count))
    const taken = await Promise.all(Array.from({ length: count }, (_none, at) => isTaken(first + at)))
    if (!taken.includes(true)) return first
  }
}

/** On every address: what listens on one of them is found too. */
async function isTaken(port: number): Promise<boolean> {
  const tcp = createServer()
  const udp = createSocket('udp4')
  const free = await Promise.all([
    new Promise<boolean>((resolve) => tcp.once('error', () => resolve(false)).listen(port, '0.0.0.0', () => tcp.close(() => resolve(true)))),
    new Promise<boolean>((resolve) => udp.once('error', () => resolve(false)).bind(port, () => udp.close(() => resolve(true)))),
  ])
  return free.includes(false)
}
