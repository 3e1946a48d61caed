import * as Y from 'yjs'
import { ownedKey } from '../../../shared/contracts/collab.ts'
import type { LiveDocument } from './main.ts'
import { answersTo, applied, eachChange, pendingBytes } from './own.ts'
import type { Merged, Message, Opened, Part } from './protocol.ts'

/**
 * All owners' meeting layers of one paper in one document. Yjs settles conflicts by numbers that clients choose, so an owner could reach into
 * another's marks by using his client id or his key. Whoever tries is left out of the common layer from then on; his own stays his own.
 */
export class CommonDocument implements LiveDocument {
  readonly #doc = new Y.Doc()
  /** Whose changes each Yjs client id makes. */
  readonly #owners = new Map<number, string>()
  readonly #excluded = new Set<string>()
  #news: Uint8Array | null = null

  constructor() {
    this.#doc.on('update', (update: Uint8Array) => (this.#news = update))
  }

  open(parts: Part[]): Opened {
    Y.transact(this.#doc, () => parts.forEach(({ owner, updates }) => updates.forEach((update) => this.#take(owner, update))))
    return { vector: Y.encodeStateVector(this.#doc), excluded: [...this.#excluded] }
  }

  merge(messages: Message[], at: (index: number) => void): Merged {
    this.#news = null
    const before = new Set(this.#excluded)
    const malformed: number[] = []
    Y.transact(this.#doc, () => eachChange(messages, at, ({ owner, update }) => this.#take(owner, update)))
    const update: Uint8Array | null = this.#news
    const answers = answersTo(this.#doc, messages, at, malformed)
    const excluded = [...this.#excluded].filter((owner) => !before.has(owner))
    return { update, answers, vector: Y.encodeStateVector(this.#doc), malformed, waiting: [], pending: pendingBytes(this.#doc), excluded }
  }

  #take(owner: string | null, update: Uint8Array): void {
    if (owner === null || this.#excluded.has(owner)) return
    if (!this.#isOwn(owner, update) || !applied(this.#doc, update)) this.#excluded.add(owner)
  }

  /** Whether an update touches nothing but what is its owner's. */
  #isOwn(owner: string, update: Uint8Array): boolean {
    const { structs, ds } = Y.decodeUpdate(update)
    const prefix = ownedKey(owner, '')
    for (const struct of structs) {
      const known = this.#owners.get(struct.id.client)
      if (known !== undefined && known !== owner) return false
      // A parent that is a string is a root; below a root everything hangs on an entry that was looked at.
      if (struct instanceof Y.Item && typeof struct.parent === 'string' && struct.parentSub !== null && !struct.parentSub.startsWith(prefix)) return false
    }
    for (const struct of structs) this.#owners.set(struct.id.client, owner)
    return [...ds.clients.keys()].every((client) => this.#owners.get(client) === owner)
  }
}
