/**
 * The line between hub and media process is TLS with a key that both have (RFC 4279, RFC 5489): it is encrypted, each side shows that it knows
 * `MEDIA_SECRET` without sending it, and a recorded line cannot be read later even with it. No certificates, and none are accepted.
 */
import { hkdfSync } from 'node:crypto'
import type { ConnectionOptions, TlsOptions } from 'node:tls'

const identity = 'hub'
/** 1.2, because with it no suite with certificates can be agreed on; what comes of the secret holds for this use alone. */
const suite = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'ECDHE-PSK-CHACHA20-POLY1305' } as const
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'giao-ban media control', 32))

export function hubEnd(secret: string): ConnectionOptions {
  const psk = keyOf(secret)
  return { ...suite, pskCallback: () => ({ psk, identity }), checkServerIdentity: () => undefined }
}

export function nodeEnd(secret: string): TlsOptions {
  const psk = keyOf(secret)
  return { ...suite, pskCallback: (_socket, asked) => (asked === identity ? psk : null), handshakeTimeout: 5_000 }
}
