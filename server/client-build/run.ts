/** Builds the client into client/dist, compressed copies beside the files: `node server/client-build/run.ts`. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { compressFolder } from './compress.ts'
import { clientDist, projectDir, rememberBuild, sourceFingerprint } from './fingerprint.ts'

const fingerprint = sourceFingerprint()
const fresh = `${clientDist}.${process.pid}`
const old = `${fresh}.old`
try {
  await build({
    configFile: join(projectDir, 'client/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: fresh, emptyOutDir: true, reportCompressedSize: false },
  })
  await compressFolder(fresh)
  // Built beside and then exchanged: a hub that is running never serves half a client.
  await rename(clientDist, old).catch(() => undefined)
  await rename(fresh, clientDist)
  rememberBuild(fingerprint)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await rm(old, { recursive: true, force: true })
  await rm(fresh, { recursive: true, force: true })
}
