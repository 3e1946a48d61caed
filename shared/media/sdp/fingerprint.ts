import type { Offer } from './offer.ts'

const octets = { 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 } as const

/** Fingerprints of certificates as they stand in an SDP; what is no fingerprint any more (SHA-1), or none at all, is left out. */
export function fingerprintsOf(lines: readonly { type: string; hash: string }[]): Offer['dtls']['fingerprints'] {
  const found = lines.flatMap(({ type, hash }): Offer['dtls']['fingerprints'] => {
    const algorithm = String(type).toLowerCase() as keyof typeof octets
    if (!Object.hasOwn(octets, algorithm)) return []
    return new RegExp(`^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){${octets[algorithm] - 1}}$`).test(String(hash)) ? [{ algorithm, value: String(hash).toUpperCase() }] : []
  })
  return found.filter((one, at) => found.findIndex(({ value }) => value === one.value) === at).slice(0, 4)
}
