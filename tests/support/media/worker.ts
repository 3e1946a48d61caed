import { join } from 'node:path'
import { pino } from 'pino'
import { openMedia } from '../../../media/control.ts'
import { workerPlace } from '../../../media/worker/mediasoup.ts'
import { readConfig } from '../../../server/config.ts'

/** The program of a worker that starts, or why there is none. Tests never build one: `npm run media:worker` does. */
export async function presentWorker(): Promise<{ program: string } | { missing: string }> {
  const { mediaWorker, cacheDir } = readConfig(process.env)
  const media = openMedia({ mode: 'present', workerProgram: mediaWorker, cacheDir, prebuiltBase: null, mayInstall: false, listen: [], port: 0, recordingsDir: join(cacheDir, 'no-recordings') }, pino({ level: 'silent' }))
  const got = await media.obtain()
  await media.close()
  if (got.state === 'ready') return { program: mediaWorker ?? workerPlace(cacheDir) }
  const missing = `no media worker here (${got.state === 'failed' ? got.reason : got.state}): npm run media:worker makes one`
  if (process.env['REQUIRE_MEDIA'] === '1') throw new Error(missing)
  return { missing }
}
