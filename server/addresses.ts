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
