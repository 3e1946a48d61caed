/** Finds or makes a server that speaks MongoDB's wire protocol. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FERRETDB, ferretProgram, startFerret } from './ferretdb.ts'
import { JAVA_SERVER, startJavaServer } from './java-server.ts'

/** `mongodb`: the real one, by MONGODB_URL. `ferretdb`: persists, updates not atomic. `java`: in memory. */
export type MongoKind = 'mongodb' | 'ferretdb' | 'java'

export interface Mongo {
  url: string
  kind: MongoKind
  /** For people: "FerretDB 1.24". */
  name: string
  /** The FerretDB program, for tests that start and kill their own. */
  program?: string
  stop(): Promise<void>
}

/** @param tried receives a line for each server that could not be had */
export async function startMongo(tried: string[] = [], say: (line: string) => void = console.log): Promise<Mongo | null> {
  const url = process.env.MONGODB_URL
  if (url) return { url, kind: 'mongodb', name: 'MONGODB_URL', stop: async () => {} }
  tried.push('MONGODB_URL is not set')
  try {
    const program = await ferretProgram(say)
    const folder = mkdtempSync(join(tmpdir(), 'giao-ban-ferretdb-data-'))
    const served = await startFerret(program, folder)
    const stop = async () => {
      await served.stop()
      rmSync(folder, { recursive: true, force: true })
    }
    return { url: served.url, kind: 'ferretdb', name: FERRETDB, program, stop }
  } catch (error) {
    tried.push(`${FERRETDB}: ${(error as Error).message}`)
  }
  try {
    const served = await startJavaServer(say)
    return { url: served.url, kind: 'java', name: JAVA_SERVER, stop: () => served.stop('SIGKILL') }
  } catch (error) {
    tried.push(`${JAVA_SERVER}: ${(error as Error).message}`)
  }
  return null
}
