import type { Sealed } from './database.ts'

const algorithm = 'AES-GCM'
const text = new TextEncoder()

/** Whether this page can keep anything: sealing exists on HTTPS and localhost only. */
export function canKeep(): boolean {
  return globalThis.isSecureContext === true && typeof crypto.subtle === 'object' && typeof indexedDB === 'object'
}

/** A key that the browser uses and never gives out. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt'])
}

/** `place` is sealed along: what is moved elsewhere in the store does not open there. */
export async function seal(key: CryptoKey, place: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, bytes: await crypto.subtle.encrypt({ name: algorithm, iv, additionalData: text.encode(place) }, key, bytes) }
}

/** @throws when key, place or bytes are not those it was sealed with */
export async function unseal(key: CryptoKey, place: string, { iv, bytes }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: algorithm, iv, additionalData: text.encode(place) }, key, bytes))
}

export const sealJson = (key: CryptoKey, place: string, value: unknown): Promise<Sealed> => seal(key, place, text.encode(JSON.stringify(value)))

export async function unsealJson<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await unseal(key, place, sealed))) as T
}
