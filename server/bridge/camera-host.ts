import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { Refused } from '../../shared/contracts/refusal.ts'

/** Whether an IP address lies in one of these addresses or ranges (`10.0.0.0/8`). */
export function openNetworks(networks: readonly string[]): (ip: string) => boolean {
  const all = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) all.addAddress(address, family)
    else all.addSubnet(address, Number(bits), family)
  }
  return (ip) => isIP(ip) !== 0 && all.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
}

/** The host's address, asked this once and used from then on: a name that leads elsewhere a moment later leads nowhere. @throws Refused */
export async function cameraHost(host: string, isOpen: (ip: string) => boolean): Promise<string> {
  const found = isIP(host) ? [host] : await lookup(host, { all: true }).then((all) => all.map(({ address }) => address), () => [])
  if (found.length === 0) throw new Refused('media.cameraHostUnknown')
  const open = found.find(isOpen)
  if (open === undefined) throw new Refused('media.cameraNetwork')
  return open
}
