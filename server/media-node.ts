/** `npm run media:node`: a media process of its own. It carries voice and picture for hubs that name it in MEDIA_NODES and know its MEDIA_SECRET; it has no data. */
import { pino, stdTimeFunctions } from 'pino'
import { openMediaNode } from '../media/control.ts'
import { mediaAddresses } from './addresses.ts'
import { ConfigRefused, readConfig, type Config } from './config.ts'
import { tellOfMedia } from './media-words.ts'
import { openTerminal, stopWith } from './terminal.ts'

const config = settings()
const { mediaSecret: secret, mediaControlPort, host, logLevel } = config
if (secret === null) stopWith({ vi: 'Chưa đặt MEDIA_SECRET: máy chủ cuộc họp và tiến trình truyền hình nhận ra nhau bằng mã này.', en: 'MEDIA_SECRET is not set: by it a hub and its media processes know each other.' })
const terminal = openTerminal('stdout')
const log = pino({ level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime })
const { media, node } = await openMediaNode({
  mode: config.media === 'off' ? 'auto' : config.media, workerProgram: config.mediaWorker, prebuiltBase: config.mediaPrebuilt, cacheDir: config.cacheDir, mayInstall: false,
  listen: mediaAddresses(config), port: config.mediaPort, pipePorts: config.mediaPipePorts, recordingsDir: config.recordingsDir,
}, { host, port: mediaControlPort, secret }, log).catch((error: Error) => stopWith({
  vi: `Không mở được cổng ${mediaControlPort} (MEDIA_CONTROL_PORT): ${error.message}.`, en: `Port ${mediaControlPort} (MEDIA_CONTROL_PORT) could not be opened: ${error.message}.`,
}))
tellOfMedia(terminal, media, 25)
terminal.said({ vi: `Tiến trình truyền hình chờ máy chủ cuộc họp tại ${host}:${node.port}.`, en: `This media process waits for hubs at ${host}:${node.port}.` })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void node.close().then(() => process.exit(0)))
void media.obtain()

function settings(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigRefused) return stopWith(error.said)
    throw error
  }
}
