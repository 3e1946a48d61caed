import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { MediaToken } from '../../shared/media/rules.ts'
import type { Collection, Records } from '../store/port.ts'

export interface KeptToken extends MediaToken {
  /** Lower-case hex of the secret's SHA-256. */
  sha256: string
  madeBy: string
  madeAt: number
}

/** A token that has expired is told so for a while, before it is forgotten. */
const rememberedFor = 24 * 3_600_000

/** Tokens that open the doors of sites; in the store, so that they outlive a restart. Of a secret only its digest is kept. */
export class DoorTokens {
  readonly #kept: Collection<KeptToken>
  readonly #now: () => number

  private constructor(kept: Collection<KeptToken>, now: () => number) {
    this.#kept = kept
    this.#now = now
  }

  static async open(records: Records, now: () => number): Promise<DoorTokens> {
    return new DoorTokens(await records.collection<KeptToken>({ name: 'doorTokens', unique: ['sha256'], indexes: ['meetingId', 'expiresAt'] }), now)
  }

  async make(token: MediaToken, madeBy: string): Promise<{ tokenId: string; secret: string }> {
    const [tokenId, secret] = [randomUUID(), randomBytes(32).toString('base64url')]
    await this.#kept.removeWhere({ expiresAt: { $lt: this.#now() - rememberedFor } })
    await this.#kept.insert(tokenId, { ...token, sha256: digestOf(secret), madeBy, madeAt: this.#now() })
    return { tokenId, secret }
  }

  async bySecret(secret: string): Promise<{ tokenId: string; token: KeptToken } | null> {
    const [found] = await this.#kept.find({ sha256: digestOf(secret) }, { limit: 1 })
    return found ? { tokenId: found.id, token: found.value } : null
  }

  async get(tokenId: string): Promise<KeptToken | null> {
    return (await this.#kept.get(tokenId))?.value ?? null
  }

  /** Those of one meeting that have not expired. */
  async of(meetingId: string): Promise<{ tokenId: string; token: KeptToken }[]> {
    const all = await this.#kept.find({ meetingId })
    return all.filter(({ value }) => value.expiresAt > this.#now()).map(({ id, value }) => ({ tokenId: id, token: value }))
  }

  async revoke(tokenId: string): Promise<void> {
    await this.#kept.remove(tokenId)
  }
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
