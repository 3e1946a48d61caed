/** `npm run media:worker`: gets the worker that carries voice and picture, as `npm start` would in the background. Exit code 1 when it cannot be had. */
import { pino } from 'pino'
import { openMedia } from '../media/control.ts'
import { ConfigRefused, readConfig, type Config } from './config.ts'
import { mediaSaid, tellOfMedia } from './media-words.ts'
import { openTerminal, stopWith } from './terminal.ts'

const { mediaWorker, mediaPrebuilt, cacheDir, recordingsDir, demo } = settings()
const terminal = openTerminal('file')
// Whoever runs this wants all of it, whatever MEDIA says for the hub.
const media = openMedia({ mode: 'auto', workerProgram: mediaWorker, prebuiltBase: mediaPrebuilt, cacheDir, mayInstall: demo, listen: [], port: 0, recordingsDir }, pino({ level: 'silent' }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void media.close().then(() => process.exit(130)))
const began = performance.now()
const obtained = media.obtain()
tellOfMedia(terminal, media, 5)
const result = await obtained
if (result.state === 'failed') {
  if (result.detail) process.stderr.write(`\n${result.detail}\n`)
  process.exitCode = 1
} else {
  const words = mediaSaid(result)
  if (words && result.state === 'ready' && (result.from === 'cached' || result.from === 'given')) terminal.said(words)
  terminal.line(`  ${Math.round((performance.now() - began) / 1_000)} s`)
}
await media.close()

function settings(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigRefused) return stopWith(error.said)
    throw error
  }
}
