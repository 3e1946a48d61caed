import type { PlainTransport, PlainTransportOptions } from 'mediasoup/types'
import type { WorkerPool } from '../../../media/sfu/pool.ts'

/** From now on transports for equipment are made to encrypt (SRTP) where `which` says so; all that are made, by id. */
export function encrypting(pool: WorkerPool, which: (options: PlainTransportOptions) => boolean): Map<string, PlainTransport> {
  const transports = new Map<string, PlainTransport>()
  const legOf = pool.leg.bind(pool)
  const patched = new WeakSet<object>()
  pool.leg = async (...asked) => {
    const leg = await legOf(...asked)
    if (patched.has(leg.router)) return leg
    patched.add(leg.router)
    const make = leg.router.createPlainTransport.bind(leg.router)
    leg.router.createPlainTransport = (async (options: PlainTransportOptions) => {
      const transport = await make({ ...options, enableSrtp: which(options) })
      transports.set(transport.id, transport)
      return transport
    }) as typeof make
    return leg
  }
  return transports
}
