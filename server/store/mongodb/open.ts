import { MongoClient, type Db } from 'mongodb'
import type { Store } from '../port.ts'
import { gridBlobs } from './blobs.ts'
import { mongoCollab } from './collab.ts'
import { mongoLogs } from './logs.ts'
import { mongoRecords } from './records.ts'

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; the database is the one it names, else `giaoban`. */
  url: string
}

const SCHEMA_VERSION = 1

/** The store for a replica set or a sharded cluster. @throws Error with a sentence for the operator, without the address */
export async function openMongoStore({ url }: MongoOptions): Promise<Store> {
  const client = await connect(url)
  try {
    const database = client.db(/^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? 'giaoban')
    await checkSchema(database)
    return {
      kind: 'mongodb',
      logs: await mongoLogs(database),
      records: mongoRecords(database),
      collab: await mongoCollab(database),
      blobs: gridBlobs(database),
      async ping() {
        await database.command({ ping: 1 })
      },
      // The driver looks for its servers again and again; it never gives up for good.
      failed: new Promise<Error>(() => {}),
      close: () => client.close(),
    }
  } catch (error) {
    await client.close()
    throw error
  }
}

async function connect(url: string): Promise<MongoClient> {
  try {
    // Acknowledged means: in the journal of most members. Read means: what a change of primary cannot take back.
    const client = new MongoClient(url, {
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 5_000,
      socketTimeoutMS: 30_000,
    })
    return await client.connect()
  } catch (error) {
    throw new Error(`MongoDB (MONGODB_URL) cannot be used: ${(error as Error).message}.`, { cause: error })
  }
}

async function checkSchema(database: Db): Promise<void> {
  const settings = database.collection<{ _id: string; version: number }>('settings')
  const schema = await settings.findOne({ _id: 'schema' })
  if (!schema) await settings.updateOne({ _id: 'schema' }, { $set: { version: SCHEMA_VERSION } }, { upsert: true })
  else if (schema.version > SCHEMA_VERSION) throw new Error('The MongoDB database was written by a newer version of Giao ban.')
}
