import { accessSync, constants, mkdirSync } from 'node:fs'
import { ConfigRefused, isBehindProxy, isLoopbackHost, readConfig, type Config, type Said } from './config.ts'
import { openTerminal, stopWith, type Terminal } from './terminal.ts'

/** Starts the hub: settings, data folder, client, parts, demo, port. Whatever is in the way is said in one sentence. */
export async function start(): Promise<void> {
  const began = performance.now()
  const config = await orStop(async () => readConfig(process.env))
  const terminal = openTerminal(config.logTo)
  prepareFolders(config)
  const clientDir = await prepareClient(terminal)

  const { openLog } = await import('./logging.ts')
  const { openHub } = await import('./app.ts')
  const log = openLog(config)
  const hub = await orStop(() => openHub({ config, log, clientDir }), error => {
    log.fatal({ err: error }, 'the hub could not open its parts')
    return {
      vi: `Không mở được kho dữ liệu (${config.mongodbUrl ? 'MONGODB_URL' : config.dataDir}): ${reasonOf(error)}.`,
      en: `The store (${config.mongodbUrl ? 'MONGODB_URL' : config.dataDir}) could not be opened: ${reasonOf(error)}.`,
    }
  })
  const demoAccounts = config.demo ? await loadDemo(hub, terminal) : null
  const port = await orStop(() => hub.listen(), error => cannotListen(error, config))
  const certificateUrl = await orStop(() => hub.listenForCertificate(), error => cannotListen(error, { ...config, port: config.certificatePort ?? 0 }, 'CERTIFICATE_PORT'))

  await stopGracefully(hub, terminal)
  // Half a hub that only /readyz knows of is worse than none: whoever watches the process starts it anew.
  void hub.store.failed.then((error) => {
    hub.log.fatal({ err: error }, 'the store has ended by itself')
    terminal.said({ vi: `Kho dữ liệu dừng đột ngột, máy chủ dừng theo: ${reasonOf(error)}.`, en: `The store ended, and the hub with it: ${reasonOf(error)}.` })
    process.exit(1)
  })
  await hub.audit.record({ what: 'hub.started', by: null })
  log.info({ port, host: config.host, store: hub.store.kind, ms: Math.round(performance.now() - began) }, 'hub started')

  const { greet } = await import('./greeting.ts')
  const { tellOfMedia } = await import('./media-words.ts')
  const office = await hub.papers.conversion.office
  const reachable = !isLoopbackHost(config.host) || isBehindProxy(config)
  const greeting = {
    config, port, demoAccounts, reachable, certificateUrl,
    officeMissing: 'missing' in office ? office.missing : [], officeBoxed: 'boxed' in office && office.boxed, recognises: await hub.contents.recognises(),
    records: config.media === 'off' || (await hub.media.recordingLack(0))?.reason !== 'noProgram',
    demoPasswordsLeft: reachable && await hub.directory.accounts.demoPasswordsLeft(),
    setupCode: await hub.directory.setup.needed() ? hub.directory.setup.code : null,
  }
  // Last of all, because the hub does not wait for video: what becomes of it is told below the greeting.
  void hub.media.obtain({ nice: true })
  greet(terminal, { ...greeting, media: hub.media.availability })
  tellOfMedia(terminal, hub.media, 25)
}

type Hub = Awaited<ReturnType<typeof import('./app.ts')['openHub']>>

async function loadDemo(hub: Hub, terminal: Terminal) {
  const { loadDemoOnce } = await import('./first-start.ts')
  const { loadDemo: load } = await import('./demo/load.ts')
  return orStop(() => loadDemoOnce(hub, load, () => {
    terminal.line()
    terminal.said({ vi: 'Đang nạp tỉnh dùng thử và cuộc họp mẫu…', en: 'Loading the demo province and its meeting…' })
  }), error => {
    hub.log.fatal({ err: error }, 'the demo could not be loaded')
    return {
      vi: `Không nạp được dữ liệu dùng thử: ${reasonOf(error)}. Hãy xóa thư mục ${hub.config.dataDir} rồi khởi động lại, hoặc đặt DEMO=0.`,
      en: `The demo could not be loaded: ${reasonOf(error)}. Remove the folder ${hub.config.dataDir} and start again, or set DEMO=0.`,
    }
  })
}

/** The key folder too: that it cannot be used must not turn out when the first secret vote is to open. */
function prepareFolders({ dataDir, keysDir }: Config): void {
  for (const [name, folder, mode] of [['DATA_DIR', dataDir, 0o777], ['KEYS_DIR', keysDir, 0o700]] as const) {
    try {
      mkdirSync(folder, { recursive: true, mode })
      accessSync(folder, constants.W_OK | constants.X_OK)
    } catch (error) {
      stopWith({ vi: `${name}=${folder} không dùng được: ${reasonOf(error)}.`, en: `${name}=${folder} cannot be used: ${reasonOf(error)}.` })
    }
  }
}

async function prepareClient(terminal: Terminal): Promise<string | null> {
  const { buildClient, builtClient, clientIsStale } = await import('./client-build/build.ts')
  if (clientIsStale()) {
    const began = performance.now()
    terminal.line()
    terminal.said({ vi: 'Đang dựng giao diện, chỉ cần sau khi cài đặt hoặc cập nhật…', en: 'Building the pages, needed only after an install or an update…' })
    await orStop(buildClient, error => ({
      vi: `Không dựng được giao diện:\n\n${reasonOf(error)}`, en: 'The pages could not be built; the reason is above.',
    }))
    const seconds = Math.round((performance.now() - began) / 1000)
    terminal.said({ vi: `Xong sau ${seconds} giây.`, en: `Done in ${seconds} s.` })
  }
  return builtClient() ?? stopWith({
    vi: 'Chưa có giao diện (client/dist) và không có Vite để dựng. Hãy chạy npm install không kèm --omit=dev.',
    en: 'There are no built pages (client/dist) and no Vite to build them. Run npm install without --omit=dev.',
  })
}

async function stopGracefully(hub: Hub, terminal: Terminal): Promise<void> {
  const { default: closeWithGrace } = await import('close-with-grace')
  closeWithGrace({ delay: 8_000, logger: false }, async ({ err, signal }) => {
    if (err) {
      hub.log.fatal({ err }, 'the hub met an error that nobody caught, and stops')
      terminal.said({ vi: `Máy chủ gặp lỗi và dừng: ${err.message}`, en: `The hub met an error and stops: ${err.message}` })
    } else {
      hub.log.info({ signal }, 'hub stopping')
    }
    await hub.close()
    hub.log.info('hub stopped')
  })
}

/** Runs a step of the start; a wrong setting, or what `explain` says of another failure, ends the start. */
async function orStop<T>(step: () => Promise<T>, explain?: (error: unknown) => Said): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof ConfigRefused) stopWith(error.said)
    if (!explain) throw error
    return stopWith(explain(error))
  }
}

function cannotListen(error: unknown, { port, host }: Pick<Config, 'port' | 'host'>, name = 'PORT'): Said {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return {
      vi: `Cổng ${port} đang được một chương trình khác dùng. Hãy chọn cổng khác, ví dụ ${name}=${port + 10}.`,
      en: `Port ${port} is in use by another program. Choose another, for example ${name}=${port + 10}.`,
    }
  }
  if (code === 'EACCES') {
    return { vi: `Không được phép mở cổng ${port}. Hãy chọn ${name} từ 1024 trở lên.`, en: `Port ${port} may not be opened. Choose a ${name} of 1024 or more.` }
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { vi: `HOST=${host} không phải địa chỉ của máy này.`, en: `HOST=${host} is not an address of this machine.` }
  }
  return { vi: `Không mở được cổng ${port}: ${reasonOf(error)}.`, en: `Port ${port} could not be opened: ${reasonOf(error)}.` }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
