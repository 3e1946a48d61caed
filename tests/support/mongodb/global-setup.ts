/** Vitest's globalSetup for the contract suite: one server for all files, and one line that says which ran. */
import type { TestProject } from 'vitest/node'
import { startMongo, type MongoKind } from './start.ts'

export interface ProvidedMongo { url: string; kind: MongoKind; name: string; program: string | null }

declare module 'vitest' {
  interface ProvidedContext { mongodb: ProvidedMongo | null }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tried: string[] = []
  const mongo = await startMongo(tried)
  if (!mongo && process.env.REQUIRE_MONGO === '1') {
    throw new Error(`REQUIRE_MONGO=1, but there is no server for MongoDB's wire protocol. Tried:\n  ${tried.join('\n  ')}`)
  }
  project.provide('mongodb', mongo && { url: mongo.url, kind: mongo.kind, name: mongo.name, program: mongo.program ?? null })
  console.log(`contract: sqlite yes, mongodb ${mongo ? `via ${mongo.name}` : `NO (tried: ${tried.join('; ')})`}`)
  return async () => mongo?.stop()
}
