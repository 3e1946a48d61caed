/** `node tests/support/mongodb/build.ts`: has the server ready before the tests need it, and says which. */
import { startMongo } from './start.ts'

const tried: string[] = []
const mongo = await startMongo(tried)
await mongo?.stop()
console.log(mongo ? `MongoDB's wire protocol: ${mongo.name}` : `No server for MongoDB's wire protocol. Tried:\n${tried.map(line => `  ${line}`).join('\n')}`)
process.exitCode = mongo || process.env.REQUIRE_MONGO !== '1' ? 0 : 1
