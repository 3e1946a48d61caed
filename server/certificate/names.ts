import { hostname } from 'node:os'
import { isIP } from 'node:net'
import { lanAddresses } from '../addresses.ts'

/** What tablets may call this machine: its host name (also as mDNS knows it), its addresses, and itself. */
export function namesOfThisMachine(): string[] {
  const host = hostname().toLowerCase()
  const local = host.includes('.') ? [host] : [host, `${host}.local`]
  return [...local.filter(isHostName), ...lanAddresses(), 'localhost', '127.0.0.1', '::1']
}

/** A name given on the command line, ready for a certificate; null when it is neither host name nor IP address. */
export function certificateName(given: string): string | null {
  const name = given.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/[:/].*$/, '')
  if (isIP(given.trim())) return given.trim()
  return isIP(name) || isHostName(name) ? name : null
}

function isHostName(name: string): boolean {
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
  return name.length <= 253 && !/^[\d.]+$/.test(name) && new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`).test(name)
}
