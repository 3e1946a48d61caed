import { webcrypto } from 'node:crypto'
import { fromBase64url } from '../../shared/meeting/votes/base64url.ts'
import {
  boundTo, keyBytes, keyInfo, nonceBytes, splitSealed, unpackMarks, type BallotPlace, type Markable,
} from '../../shared/meeting/votes/sealed-ballot.ts'

const { subtle } = webcrypto
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** A vote's key pair while its ballots are opened. */
export interface OpeningKey {
  privateKey: webcrypto.CryptoKey
  /** base64url, as in `vote.opened`. */
  publicKey: string
}

/** The marks on one sealed ballot (sealed-ballot.ts); null when it does not open as this voter's in this vote, or opens to nonsense. */
export async function openBallot(
  { privateKey, publicKey }: OpeningKey, place: BallotPlace, matter: Markable, sealed: string,
): Promise<string[] | null> {
  const parts = splitSealed(matter, sealed)
  const votesKey = fromBase64url(publicKey)
  if (!parts || !votesKey) return null
  const { ephemeralKey, ciphertext } = parts
  try {
    const secret = await subtle.deriveBits({ name: 'ECDH', public: await subtle.importKey('raw', ephemeralKey, curve, false, []) }, privateKey, 256)
    const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
    const derived = new Uint8Array(await subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: keyInfo(ephemeralKey, votesKey) }, material, (keyBytes + nonceBytes) * 8,
    ))
    const key = await subtle.importKey('raw', derived.subarray(0, keyBytes), 'AES-GCM', false, ['decrypt'])
    const marks = await subtle.decrypt({ name: 'AES-GCM', iv: derived.subarray(keyBytes), additionalData: boundTo(place) }, key, ciphertext)
    return unpackMarks(matter, new Uint8Array(marks))
  } catch {
    // A point that is not on the curve, a tag that does not fit: not a ballot.
    return null
  }
}
