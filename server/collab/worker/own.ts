import * as Y from 'yjs'
import type { LiveDocument } from './main.ts'
import type { Merged, Message, Opened, Part } from './protocol.ts'

/** A document that people write. What is in it is not looked at: it may be encrypted. */
export class OwnDocument implements LiveDocument {
  readonly #doc = new Y.Doc()
  #news: Uint8Array | null = null

  constructor() {
    this.#doc.on('update', (update: Uint8Array) => (this.#news = update))
  }

  open(parts: Part[]): Opened {
    Y.transact(this.#doc, () => parts.forEach(({ updates }) => updates.forEach((update) => Y.applyUpdate(this.#doc, update))))
    return { vector: Y.encodeStateVector(this.#doc), excluded: [] }
  }

  /** One transaction for all that has come: what is new in it is one update, however many messages brought it. */
  merge(messages: Message[], at: (index: number) => void): Merged {
    this.#news = null
    const malformed: number[] = []
    const waiting: number[] = []
    const { store } = this.#doc
    Y.transact(this.#doc, () => eachChange(messages, at, (message, index) => {
      const before = { structs: store.pendingStructs, deletes: store.pendingDs?.length ?? 0 }
      if (!applied(this.#doc, message.update)) malformed.push(index)
      // What waits is in no update that could be written: it must not be told to be saved.
      if ((store.pendingStructs && store.pendingStructs !== before.structs) || (store.pendingDs?.length ?? 0) > before.deletes) waiting.push(index)
    }))
    const update: Uint8Array | null = this.#news
    const answers = answersTo(this.#doc, messages, at, malformed)
    return { update, answers, vector: Y.encodeStateVector(this.#doc), malformed, waiting, pending: pendingBytes(this.#doc), excluded: [] }
  }
}

/** What Yjs does after the last change is for all of them, and its time nobody's in particular. */
export function eachChange(messages: Message[], at: (index: number) => void, act: (message: Extract<Message, { kind: 'change' }>, index: number) => void): void {
  let changes = 0
  messages.forEach((message, index) => {
    if (message.kind !== 'change') return
    changes += 1
    at(index)
    act(message, index)
  })
  if (changes > 1) at(-1)
}

export function applied(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update)
    return true
  } catch {
    return false
  }
}

/** An empty answer stands for a question that is none; its message is among the malformed. */
export function answersTo(doc: Y.Doc, messages: Message[], at: (index: number) => void, malformed: number[]): Uint8Array[] {
  return messages.flatMap((message, index) => {
    if (message.kind !== 'asks') return []
    at(index)
    try {
      return [Y.encodeStateAsUpdate(doc, message.vector)]
    } catch {
      malformed.push(index)
      return [new Uint8Array()]
    }
  })
}

export function pendingBytes({ store }: Y.Doc): number {
  return (store.pendingStructs?.update.length ?? 0) + (store.pendingDs?.length ?? 0)
}
