import { fromBase64url } from '../../../shared/meeting/votes/base64url.ts'
import { boundTo, joinSealed, keyBytes, keyInfo, nonceBytes, packMarks, type BallotPlace, type Markable } from '../../../shared/meeting/votes/sealed-ballot.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** Whether this page can seal: browsers give WebCrypto to https and to localhost only. */
export function canSeal(): boolean {
  return typeof crypto !== 'undefined' && crypto.subtle !== undefined
}

/**
 * Seals marks to the vote's public key (sealed-ballot.ts says how). Two seals of one choice share nothing, and this tablet itself
 * cannot open what it has sealed: the ephemeral key is gone when this returns.
 * @param publicKey of `vote.opened`, base64url
 * @throws Error when the key is none, or a mark is not of this vote
 */
export async function sealBallot(place: BallotPlace, matter: Markable, publicKey: string, marked: readonly string[]): Promise<string> {
  const { subtle } = crypto
  const votesKey = fromBase64url(publicKey)
  if (!votesKey) throw new Error('the vote’s public key is not base64url')
  const { privateKey, publicKey: ephemeral } = await subtle.generateKey(curve, false, ['deriveBits'])
  const ephemeralKey = new Uint8Array(await subtle.exportKey('raw', ephemeral))
  const secret = await subtle.deriveBits({ name: 'ECDH', public: await subtle.importKey('raw', votesKey, curve, false, []) }, privateKey, 256)
  const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const derived = new Uint8Array(await subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: keyInfo(ephemeralKey, votesKey) }, material, (keyBytes + nonceBytes) * 8,
  ))
  const key = await subtle.importKey('raw', derived.subarray(0, keyBytes), 'AES-GCM', false, ['encrypt'])
  const ciphertext = await subtle.encrypt({ name: 'AES-GCM', iv: derived.subarray(keyBytes), additionalData: boundTo(place) }, key, packMarks(matter, marked))
  return joinSealed({ ephemeralKey, ciphertext: new Uint8Array(ciphertext) })
}
