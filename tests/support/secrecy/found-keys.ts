import { webcrypto } from 'node:crypto'
import type { Dump } from './dump.ts'

const { subtle } = webcrypto
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** How every PKCS #8 key of P-256 begins; the 32 bytes of the secret follow. */
const begin = Buffer.from('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420', 'hex')
const wholeKey = 138

/** Private keys anywhere in the dump, by the public key (base64url) they belong to: raw, in base64, base64url, hex or as a JWK. */
export async function findKeys({ files }: Dump, publicKeys: readonly string[]): Promise<Map<string, webcrypto.CryptoKey>> {
  const found = new Map<string, webcrypto.CryptoKey>()
  const seen = new Set<string>()
  const keep = async (jwk: webcrypto.JsonWebKey) => {
    const publicKey = Buffer.concat([Buffer.of(4), Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]).toString('base64url')
    if (!found.has(publicKey)) found.set(publicKey, await subtle.importKey('jwk', jwk, curve, false, ['deriveBits']))
  }
  for (const { bytes } of files) {
    for (const part of [bytes, ...decodedRuns(bytes)]) {
      for (let at = part.indexOf(begin); at >= 0; at = part.indexOf(begin, at + 1)) {
        const key = part.subarray(at, at + wholeKey)
        if (seen.has(key.toString('hex'))) continue
        seen.add(key.toString('hex'))
        const whole = await subtle.importKey('pkcs8', new Uint8Array(key), curve, true, ['deriveBits']).catch(() => null)
        if (whole) await keep(await subtle.exportKey('jwk', whole))
      }
    }
    for (const [, d = ''] of bytes.toString('latin1').matchAll(/"d"\s*:\s*"([\w-]{43})"/g)) {
      for (const publicKey of publicKeys) {
        const point = Buffer.from(publicKey, 'base64url')
        const jwk = { kty: 'EC', crv: 'P-256', d, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
        if (await subtle.importKey('jwk', jwk, curve, false, ['deriveBits']).catch(() => null)) await keep(jwk)
      }
    }
  }
  return found
}

/** What long runs of text in a file stand for, at every alignment a key may have in them. */
function decodedRuns(bytes: Buffer): Buffer[] {
  const text = bytes.toString('latin1')
  const decoded: Buffer[] = []
  for (const [run] of text.matchAll(/[0-9a-fA-F]{180,}/g)) for (const from of [0, 1]) decoded.push(Buffer.from(run.slice(from), 'hex'))
  for (const [run] of text.matchAll(/[\w+/-]{180,}/g)) for (const from of [0, 1, 2, 3]) decoded.push(Buffer.from(run.slice(from), 'base64'))
  return decoded
}
