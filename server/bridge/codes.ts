import { createHmac, randomBytes } from 'node:crypto'
import { DuplicateKey, type Records } from '../store/port.ts'

/** Codes by which a screen becomes the endpoint of a room: eight digits a site, the same in every meeting, because it is typed once on a machine. */
export class RoomCodes {
  readonly #secret: Buffer

  private constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** The secret is made once for a store, so that several hubs and every restart give the same codes. */
  static async open(records: Records): Promise<RoomCodes> {
    const secrets = await records.collection<{ secret: string }>({ name: 'secrets' })
    const kept = await secrets.get('roomCodes')
    if (kept) return new RoomCodes(Buffer.from(kept.value.secret, 'hex'))
    const secret = randomBytes(32)
    try {
      await secrets.insert('roomCodes', { secret: secret.toString('hex') })
      return new RoomCodes(secret)
    } catch (error) {
      if (error instanceof DuplicateKey) return RoomCodes.open(records)
      throw error
    }
  }

  /** Null: the main room. */
  codeOf(siteId: string | null): string {
    const digest = createHmac('sha256', this.#secret).update(siteId === null ? 'main' : `site ${siteId}`).digest()
    return String(digest.readUInt32BE(0) % 100_000_000).padStart(8, '0')
  }

  /** The room that a code is of, among these; undefined: none. */
  siteOf(code: string, siteIds: readonly string[]): string | null | undefined {
    return [null, ...siteIds].find((siteId) => this.codeOf(siteId) === code)
  }
}
