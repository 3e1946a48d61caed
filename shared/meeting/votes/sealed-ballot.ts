import { base64urlLength, fromBase64url, toBase64url } from './base64url.ts'

/**
 * The sealed ballot of a secret vote (DESIGN.md 5), as both ends must agree on it. Only the hub that holds the vote's private key can open it.
 *
 *     version 1 | ephemeral public key 65 | AES-256-GCM(marks) n | tag 16        as base64url, without padding
 *
 * The tablet makes an ephemeral P-256 key for this one ballot and forgets its private half. ECDH with the vote's public key
 * gives the secret; HKDF-SHA-256 (no salt, info: `keyInfo`) makes of it 32 bytes of key and 12 of nonce. `boundTo` is the
 * associated data: a ballot opens only as this voter's, in this vote, so that nobody can send a copy of another's.
 *
 * The marks are one bit for each possible mark of the vote, so every ballot of a vote has one length, whatever was chosen.
 */
export const sealedVersion = 1
/** The bits of a question, in this order for good. */
const questionMarks = ['approve', 'reject', 'abstain'] as const
/** An uncompressed point of P-256: 04 | x | y. */
export const publicKeyBytes = 65
export const tagBytes = 16
/** HKDF's output: the key of AES-256, then the nonce of GCM. */
export const keyBytes = 32
export const nonceBytes = 12
const headBytes = 1 + publicKeyBytes

/** What a ballot of this vote can be marked with; a question has its choices, an election its candidates in the paper's order. */
export type Markable = { kind: 'question' } | { kind: 'election'; candidates: readonly { candidateId: string }[] }

export function possibleMarks(matter: Markable): readonly string[] {
  return matter.kind === 'question' ? questionMarks : matter.candidates.map(({ candidateId }) => candidateId)
}

function markBytes(matter: Markable): number {
  return Math.ceil(possibleMarks(matter).length / 8)
}

/** One bit for each possible mark. @throws Error for a mark that this vote does not have */
export function packMarks(matter: Markable, marked: readonly string[]): Uint8Array<ArrayBuffer> {
  const possible = possibleMarks(matter)
  const bytes = new Uint8Array(markBytes(matter))
  for (const mark of marked) {
    const place = possible.indexOf(mark)
    if (place < 0) throw new Error('no such mark in this vote')
    bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (1 << (place & 7))
  }
  return bytes
}

/** The marks of an opened ballot; null when these bytes are none. Whether so many marks are valid is the vote's rule. */
export function unpackMarks(matter: Markable, bytes: Uint8Array): string[] | null {
  const possible = possibleMarks(matter)
  if (bytes.length !== markBytes(matter)) return null
  const isSet = (place: number) => (((bytes[place >> 3] ?? 0) >> (place & 7)) & 1) === 1
  for (let place = possible.length; place < bytes.length * 8; place += 1) if (isSet(place)) return null
  return possible.filter((_mark, place) => isSet(place))
}

/** Characters of every sealed ballot of this vote. */
export function sealedLength(matter: Markable): number {
  return base64urlLength(headBytes + markBytes(matter) + tagBytes)
}

/** The longest there is: a list of `mostCandidates` names; the wire's schema asks for it. */
export function longestSealed(mostCandidates: number): number {
  return base64urlLength(headBytes + Math.ceil(mostCandidates / 8) + tagBytes)
}

export interface SealedParts {
  ephemeralKey: Uint8Array<ArrayBuffer>
  /** With its tag. */
  ciphertext: Uint8Array<ArrayBuffer>
}

export function joinSealed({ ephemeralKey, ciphertext }: SealedParts): string {
  const bytes = new Uint8Array(headBytes + ciphertext.length)
  bytes[0] = sealedVersion
  bytes.set(ephemeralKey, 1)
  bytes.set(ciphertext, headBytes)
  return toBase64url(bytes)
}

/** Null when it has not the one length and shape of this vote's ballots. */
export function splitSealed(matter: Markable, sealed: string): SealedParts | null {
  if (sealed.length !== sealedLength(matter)) return null
  const bytes = fromBase64url(sealed)
  if (!bytes || bytes[0] !== sealedVersion || bytes[1] !== 4) return null
  return { ephemeralKey: bytes.slice(1, headBytes), ciphertext: bytes.slice(headBytes) }
}

/** All that the hub can check of a ballot it cannot read. */
export function isSealedBallot(matter: Markable, sealed: string): boolean {
  return splitSealed(matter, sealed) !== null
}

export interface BallotPlace {
  meetingId: string
  voteId: string
  personId: string
}

/** The associated data. Ids are ASCII and cannot hold a slash (contracts/fields.ts), so no two places read alike. */
export function boundTo({ meetingId, voteId, personId }: BallotPlace): Uint8Array<ArrayBuffer> {
  return ascii(`giao-ban/ballot/${sealedVersion}/${meetingId}/${voteId}/${personId}`)
}

/** HKDF's info: the key belongs to these two public keys and to nothing else. */
export function keyInfo(ephemeralKey: Uint8Array, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const label = ascii(`giao-ban/seal/${sealedVersion}/`)
  const info = new Uint8Array(label.length + ephemeralKey.length + publicKey.length)
  info.set(label)
  info.set(ephemeralKey, label.length)
  info.set(publicKey, label.length + ephemeralKey.length)
  return info
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
