import { createHash, webcrypto } from 'node:crypto'
import { toBase64url } from '../../shared/meeting/votes/base64url.ts'
import { KeyFolder } from './key-folder.ts'

const { subtle } = webcrypto
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** Which key of which vote. A vote whose opening failed may have left an earlier one behind, so the public key is part of it. */
export interface VoteKey {
  meetingId: string
  voteId: string
  /** base64url of the uncompressed point. */
  publicKey: string
}

/** A key file as its name tells of it. */
export interface KeptKey {
  meetingId: string
  voteId: string
  name: string
  writtenAt: number
}

/** The key pairs of secret votes: the private half lies in the key folder from before its vote opens until it is counted. */
export class VoteKeys {
  readonly #folder: KeyFolder

  constructor(path: string) {
    this.#folder = new KeyFolder(path)
  }

  /** Whether nobody but the hub's own user may look into the key folder. */
  arePrivate(): Promise<boolean> {
    return this.#folder.isPrivate()
  }

  /** A fresh pair; its private half is durable when this resolves. */
  async make(meetingId: string, voteId: string): Promise<VoteKey> {
    const pair = await subtle.generateKey(curve, true, ['deriveBits'])
    const publicKey = toBase64url(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)))
    const key = { meetingId, voteId, publicKey }
    const secret = new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey))
    await this.#folder.write(nameOf(key), secret)
    secret.fill(0)
    return key
  }

  /** The private half; null when it is lost. @throws Error when the folder cannot be read, which says nothing about the key */
  async find(key: VoteKey): Promise<webcrypto.CryptoKey | null> {
    const secret = await this.#folder.read(nameOf(key))
    if (!secret) return null
    try {
      return await subtle.importKey('pkcs8', new Uint8Array(secret), curve, false, ['deriveBits'])
    } catch {
      // Overwritten, but the hub ended before the file was gone; or damaged. Either way nothing can be opened with it.
      return null
    } finally {
      secret.fill(0)
    }
  }

  destroy(key: VoteKey): Promise<void> {
    return this.#folder.destroy(nameOf(key))
  }

  /** Every key that lies in the folder, for sweeping. */
  async kept(): Promise<KeptKey[]> {
    const kept: KeptKey[] = []
    for (const name of await this.#folder.names()) {
      const [meetingId, voteId, rest] = name.split('.')
      const writtenAt = await this.#folder.writtenAt(name)
      if (meetingId && voteId && rest && writtenAt !== null) kept.push({ meetingId, voteId, name, writtenAt })
    }
    return kept
  }

  isOf(kept: KeptKey, publicKey: string | null): boolean {
    return publicKey !== null && nameOf({ ...kept, publicKey }) === kept.name
  }

  sweep({ name }: KeptKey): Promise<void> {
    return this.#folder.destroy(name)
  }
}

/** Ids cannot hold a dot (contracts/fields.ts). */
function nameOf({ meetingId, voteId, publicKey }: VoteKey): string {
  return `${meetingId}.${voteId}.${createHash('sha256').update(publicKey).digest('hex').slice(0, 16)}`
}
