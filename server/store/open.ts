import type { Store } from './port.ts'

export interface StoreOptions { dataDir: string; mongodbUrl?: string | undefined }

/** MongoDB when there is an address for it, else the embedded store in `dataDir`. Only the one in use is loaded. */
export async function openStore({ dataDir, mongodbUrl }: StoreOptions): Promise<Store> {
  if (mongodbUrl) return (await import('./mongodb/open.ts')).openMongoStore({ url: mongodbUrl })
  return (await import('./sqlite/open.ts')).openSqliteStore({ dataDir })
}
