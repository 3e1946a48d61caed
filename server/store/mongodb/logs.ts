import { MongoServerError, MongoWriteConcernError, type Db } from 'mongodb'
import { LogConflict, OutcomeUnknown, type Append, type CommandTrace, type Logs, type StoredFact } from '../port.ts'
import { appendText, tracesOf, type WrittenTraces } from '../text.ts'
import { isDuplicate } from './duplicate.ts'

/** `facts` and `commands` are JSON text: BSON would change numbers and refuse keys, and the hash is over the text. */
interface AppendDocument { log: string; firstSeq: number; lastSeq: number; hash: string; facts: string; commands: string }

export async function mongoLogs(database: Db): Promise<Logs> {
  const appends = database.collection<AppendDocument>('appends')
  await appends.createIndex({ log: 1, firstSeq: 1 }, { unique: true, name: 'byLog' })
  /** Where logs ended after our own appends. Nothing is ever taken from a log, so the append it names is still there. */
  const written = new Map<string, number>()

  async function head(logId: string): Promise<{ lastSeq: number; hash: string } | null> {
    const found = await appends.findOne({ log: logId }, { sort: { firstSeq: -1 }, projection: { _id: 0, lastSeq: 1, hash: 1 } })
    return found && { lastSeq: found.lastSeq, hash: found.hash }
  }

  return {
    head,

    async append(logId, afterSeq, facts, hash) {
      const { lastSeq, ...text } = appendText(afterSeq, facts)
      // The predecessor must be there, or a gap could be written; that nobody else follows it is the unique index's part.
      if (written.get(logId) !== afterSeq && ((await head(logId))?.lastSeq ?? 0) !== afterSeq) throw new LogConflict(logId, afterSeq)
      try {
        await appends.insertOne({ log: logId, firstSeq: afterSeq + 1, lastSeq, hash, ...text })
      } catch (error) {
        written.delete(logId)
        if (isDuplicate(error)) throw new LogConflict(logId, afterSeq)
        // A server that says no has written nothing; a line cut or a majority not heard of says nothing.
        const refused = error instanceof MongoServerError && !(error instanceof MongoWriteConcernError)
        throw refused ? error : new OutcomeUnknown((error as Error).message, { cause: error })
      }
      written.set(logId, lastSeq)
    },

    async *read(logId, sinceSeq) {
      const first = await appends.findOne({ log: logId, firstSeq: { $lte: sinceSeq + 1 } }, { sort: { firstSeq: -1 }, projection: { firstSeq: 1 } })
      const documents = appends.find({ log: logId, firstSeq: { $gte: first?.firstSeq ?? 1 } }, { sort: { firstSeq: 1 } })
      for await (const { firstSeq, lastSeq, hash, facts } of documents) {
        if (lastSeq > sinceSeq) yield { firstSeq, lastSeq, facts: JSON.parse(facts) as StoredFact[], hash } satisfies Append
      }
    },

    async *commands(logId): AsyncGenerator<CommandTrace> {
      const documents = appends.find({ log: logId }, { sort: { firstSeq: 1 }, projection: { _id: 0, commands: 1 }, batchSize: 5_000 })
      for await (const { commands } of documents) {
        for (const trace of tracesOf(JSON.parse(`[${commands}]`) as WrittenTraces)) yield trace
      }
    },

    async *list(prefix) {
      const names = await appends.distinct('log', { log: { $gte: prefix, $lt: `${prefix}\u{10ffff}` } })
      yield* names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    },
  }
}
