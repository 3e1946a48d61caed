import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { openBallot, type OpeningKey } from '../../../server/ballots/open-ballot.ts'
import { fromBase64url, toBase64url } from '../../../shared/meeting/votes/base64url.ts'
import {
  isSealedBallot, longestSealed, packMarks, possibleMarks, sealedLength, unpackMarks, type Markable,
} from '../../../shared/meeting/votes/sealed-ballot.ts'

const question: Markable = { kind: 'question' }
const election = (candidates: number): Markable => ({ kind: 'election', candidates: Array.from({ length: candidates }, (_, index) => ({ candidateId: `c${index + 1}` })) })
const place = { meetingId: 'm1', voteId: 'v1', personId: 'an' }

async function freshKey(): Promise<OpeningKey> {
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  return { privateKey, publicKey: toBase64url(new Uint8Array(await webcrypto.subtle.exportKey('raw', publicKey))) }
}

test('base64url is what everybody else writes, and one text for each run of bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect([...fromBase64url(toBase64url(bytes))!]).toEqual([...bytes])
  }))
  // "AB" would read as the same byte as "AA" to a lenient reader.
  for (const wrong of ['A', 'AB', 'A=', 'AA==', 'A+', 'AAAAA', 'ă']) expect(fromBase64url(wrong), wrong).toBeNull()
})

test('marks of a ballot come back, whatever the vote and the choice', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 70 }), fc.infiniteStream(fc.boolean()), (candidates, coin) => {
    const matter = election(candidates)
    const marked = possibleMarks(matter).filter(() => coin.next().value)
    expect(unpackMarks(matter, packMarks(matter, marked))).toEqual(marked)
  }))
  expect(unpackMarks(question, Uint8Array.of(8)), 'a bit that stands for nothing').toBeNull()
  expect(unpackMarks(question, Uint8Array.of(1, 0)), 'a byte too many').toBeNull()
  expect(() => packMarks(question, ['maybe'])).toThrow('no such mark')
})

test('what a tablet seals the hub opens, and every ballot of a vote has one length', async () => {
  const key = await freshKey()
  for (const matter of [question, election(1), election(8), election(9), election(40)]) {
    const possible = possibleMarks(matter)
    for (const marked of [[], possible.slice(0, 1), possible.slice(-1), possible]) {
      const sealed = await sealBallot(place, matter, key.publicKey, marked)
      expect(sealed).toHaveLength(sealedLength(matter))
      expect(isSealedBallot(matter, sealed)).toBe(true)
      expect(await openBallot(key, place, matter, sealed)).toEqual([...marked])
    }
    expect(sealedLength(matter)).toBeLessThanOrEqual(longestSealed(40))
  }
})

test('two seals of one choice have nothing in common', async () => {
  const key = await freshKey()
  const sealed = await Promise.all(Array.from({ length: 50 }, () => sealBallot(place, question, key.publicKey, ['approve'])))
  expect(new Set(sealed.map((text) => text.slice(3, 90))).size).toBe(50)
  expect(new Set(sealed.map((text) => text.slice(-23))).size).toBe(50)
})

test('a ballot opens only as its voter’s, in its vote and meeting, with its key, untouched', async () => {
  const key = await freshKey()
  const sealed = await sealBallot(place, question, key.publicKey, ['reject'])
  expect(await openBallot(key, place, question, sealed)).toEqual(['reject'])
  for (const other of [{ ...place, personId: 'binh' }, { ...place, voteId: 'v2' }, { ...place, meetingId: 'm2' }]) {
    expect(await openBallot(key, other, question, sealed), JSON.stringify(other)).toBeNull()
  }
  expect(await openBallot(await freshKey(), place, question, sealed)).toBeNull()
  expect(await openBallot({ ...key, publicKey: (await freshKey()).publicKey }, place, question, sealed)).toBeNull()
  const bytes = fromBase64url(sealed)!
  for (let index = 0; index < bytes.length; index += 1) {
    const touched = Uint8Array.from(bytes)
    touched[index] = (touched[index] ?? 0) ^ 1
    expect(await openBallot(key, place, question, toBase64url(touched)), `byte ${index}`).toBeNull()
  }
})

test('the hub takes no ballot of another length, version or alphabet', async () => {
  const key = await freshKey()
  const sealed = await sealBallot(place, question, key.publicKey, ['abstain'])
  const ofElection = await sealBallot(place, election(9), key.publicKey, [])
  for (const wrong of ['', sealed.slice(1), `${sealed}A`, ofElection, `+${sealed.slice(1)}`, `Ag${sealed.slice(2)}`, 'A'.repeat(sealed.length)]) {
    expect(isSealedBallot(question, wrong), wrong).toBe(false)
  }
})
