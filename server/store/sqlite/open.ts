import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../port.ts'
import { fileBlobs } from './blobs.ts'
import { sqliteCollab } from './collab.ts'
import { makeFolder, syncFolder } from '../folder.ts'
import { sqliteLogs } from './logs.ts'
import { sqliteRecords } from './records.ts'
import { Thread } from './thread.ts'
import type { Synchronous } from './thread/database.ts'

export interface SqliteOptions {
  /** Created when missing; holds `giao-ban.sqlite` and `blobs/`. One process at a time. */
  dataDir: string
  /** Anything but FULL loses acknowledged data in a power cut; the tests show it. */
  synchronous?: Synchronous
}

/**
 * The embedded store. @throws Error with a sentence for the operator when the folder is in use by another process,
 * was written by a newer version, or cannot be written
 */
export async function openSqliteStore({ dataDir, synchronous = 'FULL' }: SqliteOptions): Promise<Store> {
  try {
    await makeFolder(dataDir)
    const thread = await Thread.start(join(dataDir, 'giao-ban.sqlite'), synchronous)
    try {
      await syncFolder(dataDir)
      const blobs = await fileBlobs(join(dataDir, 'blobs'))
      return {
        kind: 'sqlite',
        logs: sqliteLogs(thread),
        records: sqliteRecords(thread),
        collab: sqliteCollab(thread),
        blobs,
        async ping() {
          await access(dataDir, constants.W_OK)
          await thread.call('head', '')
        },
        failed: thread.failed,
        close: () => thread.close(),
      }
    } catch (error) {
      await thread.close()
      throw error
    }
  } catch (error) {
    throw new Error(`The data folder ${dataDir} ${reasonOf(error as Error)}.`, { cause: error })
  }
}

function reasonOf(error: Error): string {
  return error.message.startsWith('is in use') || error.message.startsWith('was written') ? error.message : `cannot be used: ${error.message}`
}
