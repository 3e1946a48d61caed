import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** A port of this machine that nobody listens on, for a program that cannot say which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** The first of so many ports in a row that nobody listens on, on any loopback address and for neither UDP nor TCP. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await freePort()
    const taken = await Promise.all(Array.from({ length: count }, (_none, at) => isTaken(first + at)))
    if (!taken.includes(true)) return first
  }
}

async function isTaken(port: number): Promise<boolean> {
  const tcp = createServer()
  const udp = createSocket('udp4')
  const free = await Promise.all([
    new Promise<boolean>((resolve) => tcp.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => tcp.close(() => resolve(true)))),
    new Promise<boolean>((resolve) => udp.once('error', () => resolve(false)).bind(port, () => udp.close(() => resolve(true)))),
  ])
  return free.includes(false)
}
