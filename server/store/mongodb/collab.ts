import { Binary, type Db } from 'mongodb'
import type { Collab } from '../port.ts'
import { checkBytes } from '../text.ts'
import { isDuplicate } from './duplicate.ts'

/** Numbers follow one another without a hole, so `upTo` says exactly what was loaded. `state`: everything before is in it. */
interface UpdateDocument { document: string; number: number; state: boolean; content: Binary }

export async function mongoCollab(database: Db): Promise<Collab> {
  const updates = database.collection<UpdateDocument>('collabUpdates')
  await updates.createIndex({ document: 1, number: 1 }, { unique: true, name: 'byDocument' })
  /** The last append under way, per document: they take their numbers one after another. */
  const queues = new Map<string, Promise<void>>()

  async function nextNumber(documentId: string): Promise<number> {
    const last = await updates.findOne({ document: documentId }, { sort: { number: -1 }, projection: { number: 1 } })
    // A document that is removed and begun again must not use a number twice: a late compact would hit the new one.
    return last ? last.number + 1 : Date.now() * 1_000
  }

  async function append(documentId: string, update: Uint8Array): Promise<void> {
    for (;;) {
      const number = await nextNumber(documentId)
      try {
        await updates.insertOne({ document: documentId, number, state: false, content: new Binary(update) })
        return
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
    }
  }

  return {
    async append(documentId, update) {
      checkBytes(update)
      const queued = (queues.get(documentId) ?? Promise.resolve()).catch(() => {}).then(() => append(documentId, update))
      queues.set(documentId, queued)
      try {
        await queued
      } finally {
        if (queues.get(documentId) === queued) queues.delete(documentId)
      }
    },

    async load(documentId) {
      const documents = await updates.find({ document: documentId }, { sort: { number: 1 } }).toArray()
      // What lies before the state is left over from a compaction that was cut short.
      const begin = Math.max(0, documents.findLastIndex(document => document.state))
      return { updates: documents.slice(begin).map(document => new Uint8Array(document.content.buffer)), upTo: documents.at(-1)?.number ?? 0 }
    },

    async compact(documentId, upTo, state) {
      checkBytes(state)
      const replaced = await updates.updateOne({ document: documentId, number: upTo }, { $set: { state: true, content: new Binary(state) } })
      if (replaced.matchedCount === 1) await updates.deleteMany({ document: documentId, number: { $lt: upTo } })
    },

    async remove(documentId) {
      await updates.deleteMany({ document: documentId })
    },
  }
}
