import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isLoopbackHost } from './config.ts'

/** IPv4 addresses by which other machines may reach this one. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap(found => found ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address)
}

/** Where people open the hub: this machine first, then the network when it listens there. */
export function hubUrls({ host, tls }: { host: string; tls: unknown }, port: number): string[] {
  const names = isLoopbackHost(host) ? ['localhost'] : host === '0.0.0.0' || host === '::' ? ['localhost', ...lanAddresses()] : [host]
  return names.map(name => urlOf(tls ? 'https' : 'http', name, port))
}

export function urlOf(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`).origin
}

/** Where media comes to: where the hub itself listens; what is announced may be another address, of a router or of the container's host. */
export function mediaAddresses({ host, mediaAddress }: { host: string; mediaAddress: string | null }): { ip: string; announced: string | null }[] {
  if (mediaAddress !== null) return [{ ip: '0.0.0.0', announced: mediaAddress }]
  if (isLoopbackHost(host)) return [{ ip: '127.0.0.1', announced: null }]
  const own = isIP(host) === 0 || host === '0.0.0.0' || host === '::' ? [...lanAddresses(), '127.0.0.1'] : [host]
  return own.map((ip) => ({ ip, announced: null }))
}
