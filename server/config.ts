/** Every setting of the hub, in one table. The only reader of the environment. */
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { addresses, hostName, list, longSecret, mongodbUrl, nodeOf, nodes, nodeSites, oneOf, optional, origins, path, portRange, portsOf, turnUrls, webUrl, wholeNumber, type Check } from './setting-checks.ts'

/** Whether people reach the hub through something else: a proxy, or an address that is not this machine's own. */
export function isBehindProxy({ publicOrigins, trustedProxies }: Pick<Config, 'publicOrigins' | 'trustedProxies'>): boolean {
  return trustedProxies.length > 0 || publicOrigins.some(origin => !isLoopbackHost(new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1')))
}

export interface Config {
  port: number
  host: string
  dataDir: string
  /** Never within `dataDir`. */
  keysDir: string
  mongodbUrl: string | null
  demo: boolean
  tls: { cert: string; key: string } | null
  /** With TLS: where /certificate is also served on plain http; null for nowhere. */
  certificatePort: number | null
  certificatesDir: string
  publicOrigins: string[]
  trustedProxies: string[]
  logLevel: LogLevel
  logTo: 'file' | 'stdout'
  /** Bytes. */
  uploadLimit: number
  /** LibreOffice's program folder. */
  officeDir: string
  media: 'auto' | 'present' | 'off'
  /** A media worker of one's own. */
  mediaWorker: string | null
  /** Where prebuilt media workers are; null for mediasoup's own releases. */
  mediaPrebuilt: string | null
  mediaPort: number
  /** Announced instead of this machine's own. */
  mediaAddress: string | null
  /** Media processes of their own, the secret that they and the hub share, and by site (its id, short name or name; `main`: the main room) the name of the one near it; null: media is within the hub. */
  mediaNodes: { nodes: { name: string; host: string; port: number }[]; nearest: Record<string, string> } | null
  mediaSecret: string | null
  /** Where a media process listens for hubs. */
  mediaControlPort: number
  /** UDP ports by which media processes send to each other. */
  mediaPipePorts: { min: number; max: number }
  /** Addresses and ranges from which cameras may be fetched. */
  cameraNetworks: string[]
  /** A relay for media and its secret; null for none. */
  turn: { urls: string[]; secret: string } | null
  /** Where recordings are made and kept. */
  recordingsDir: string
  /** Where things lie that are made once and outlive an update. */
  cacheDir: string
  /** Milliseconds. */
  sessionIdle: number
  /** Milliseconds. */
  sessionAbsolute: number
  /** Milliseconds. */
  packageAfterEnd: number
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** One thing said in both languages, for the terminal of whoever starts the hub. */
export interface Said { vi: string; en: string }

/** A wrong setting; `said` is the whole sentence for the person who starts the hub. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused'
  readonly said: Said
  constructor(said: Said) {
    super(said.en)
    this.said = said
  }
}

type Kind = 'port' | 'host' | 'folder' | 'file' | 'MongoDB URL' | '0 or 1' | 'URL' | 'origins' | 'addresses' | 'number' | 'word'

interface Setting {
  name: string
  /** As it would be typed; empty means not set. */
  default: string
  kind: Kind
  sentence: string
  /** Why the value is wrong, as the end of a sentence, or null. */
  wrong: Check
}

export const settings = [
  { name: 'PORT', default: '3000', kind: 'port', sentence: 'Port to listen on; 0 picks a free one.', wrong: wholeNumber(0, 65_535) },
  {
    name: 'HOST', default: '127.0.0.1', kind: 'host', wrong: hostName,
    sentence: 'Address to listen on. `0.0.0.0` lets tablets in; demo passwords must be changed then.',
  },
  { name: 'DATA_DIR', default: './data', kind: 'folder', sentence: 'Where meetings, papers and the log file are kept.', wrong: path },
  {
    name: 'KEYS_DIR', default: '', kind: 'folder', wrong: path,
    sentence: 'Where the keys of secret votes lie until they are counted; never back it up, and never with `DATA_DIR`. Several hubs share one. Default: `DATA_DIR` with `-keys` after it.',
  },
  {
    name: 'MONGODB_URL', default: '', kind: 'MongoDB URL', wrong: mongodbUrl,
    sentence: 'Keeps everything in this MongoDB instead of the embedded store (`mongodb://…/giaoban`).',
  },
  {
    name: 'DEMO', default: '1', kind: '0 or 1', wrong: oneOf('0', '1'),
    sentence: 'On the first start on an empty store: 1 loads the demo province, 0 starts empty and asks for an administrator.',
  },
  { name: 'TLS_CERT', default: '', kind: 'file', sentence: 'Certificate (PEM) for HTTPS; together with `TLS_KEY`. `npm run certificate` makes both.', wrong: path },
  { name: 'TLS_KEY', default: '', kind: 'file', sentence: 'Private key (PEM) of `TLS_CERT`.', wrong: path },
  {
    name: 'CERTIFICATE_PORT', default: '', kind: 'port', wrong: optional(wholeNumber(0, 65_535)),
    sentence: 'With HTTPS: port of the plain page that explains the certificate and sends everything else to HTTPS. Default: `PORT` + 1.',
  },
  { name: 'CERTIFICATES_DIR', default: './certificates', kind: 'folder', sentence: 'Where `npm run certificate` writes.', wrong: path },
  {
    name: 'PUBLIC_ORIGIN', default: '', kind: 'origins', wrong: origins,
    sentence: 'Further addresses people reach the hub by, separated by commas (`https://hop.tinh.gov.vn`); needed behind a proxy.',
  },
  {
    name: 'TRUST_PROXY', default: '', kind: 'addresses', wrong: addresses,
    sentence: 'Addresses of proxies whose `X-Forwarded-*` headers are believed, separated by commas (`10.0.0.5,192.168.1.0/24`).',
  },
  { name: 'LOG_LEVEL', default: 'info', kind: 'word', sentence: `One of ${logLevels.join(', ')}.`, wrong: oneOf(...logLevels) },
  {
    name: 'LOG_TO', default: 'file', kind: 'word', wrong: oneOf('file', 'stdout'),
    sentence: '`file`: JSON lines in `DATA_DIR/hub.log`; `stdout`: there instead, for containers and services.',
  },
  { name: 'UPLOAD_LIMIT_MB', default: '200', kind: 'number', sentence: 'Largest paper that may be uploaded, in megabytes.', wrong: wholeNumber(1, 2000) },
  { name: 'OFFICE_DIR', default: '/usr/lib/libreoffice/program', kind: 'folder', sentence: 'Where LibreOffice is, which makes PDF of office files; without it the hub takes PDF and pictures.', wrong: path },
  {
    name: 'MEDIA', default: 'auto', kind: 'word', wrong: oneOf('auto', 'present', 'off'),
    sentence: 'Video. `auto`: its worker (mediasoup) is downloaded or built when it is not there yet; `present`: only one that is there is used; `off`: no video.',
  },
  { name: 'MEDIASOUP_WORKER_BIN', default: '', kind: 'file', sentence: 'A media worker of your own, instead of the one that is downloaded or built.', wrong: path },
  {
    name: 'MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL', default: '', kind: 'URL', wrong: webUrl,
    sentence: 'Where prebuilt media workers are downloaded from; default: the releases of mediasoup on GitHub.',
  },
  {
    name: 'MEDIA_PORT', default: '44400', kind: 'port', wrong: wholeNumber(0, 65_500),
    sentence: 'UDP and TCP port of video; each worker takes one, from here on (one worker a core). 0 picks free ones.',
  },
  {
    name: 'MEDIA_ADDRESS', default: '', kind: 'host', wrong: optional(hostName),
    sentence: 'Address that screens are told for video, where it is not this machine’s own (NAT, container).',
  },
  {
    name: 'MEDIA_NODES', default: '', kind: 'addresses', wrong: nodes,
    sentence: 'Media processes (`npm run media:node`, on this machine or others) that do video instead of the hub itself, separated by commas (`tinh=10.0.0.1:44390,huyen=10.1.0.1:44390`); together with `MEDIA_SECRET`.',
  },
  {
    name: 'MEDIA_NODE_SITES', default: '', kind: 'word', wrong: nodeSites,
    sentence: 'Which media process is near which site, by the site’s short name, name or id, separated by commas (`Giồng Ông=huyen`; `main=tinh` is the main room). Everybody else is taken in by the first one, and whoever’s own is down.',
  },
  { name: 'MEDIA_SECRET', default: '', kind: 'word', sentence: 'What hub and media processes share so that they know each other: 32 characters or more, the same everywhere.', wrong: longSecret },
  { name: 'MEDIA_CONTROL_PORT', default: '44390', kind: 'port', sentence: 'Of a media process: TCP port for hubs; 0 picks a free one.', wrong: wholeNumber(0, 65_535) },
  {
    name: 'RECORDINGS_DIR', default: '', kind: 'folder', wrong: path,
    sentence: 'Where recordings of meetings are made and kept; an hour takes about 1 GB, while it is made 2.5 GB. Default: `recordings` in `DATA_DIR`.',
  },
  {
    name: 'MEDIA_PIPE_PORTS', default: '44500-44599', kind: 'number', wrong: portRange,
    sentence: 'Of a media process: UDP ports by which others send to it, encrypted; each meeting takes one for each other process. They are told `MEDIA_ADDRESS`, or else the address it listens on.',
  },
  {
    name: 'CAMERA_NETWORKS', default: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7', kind: 'addresses', wrong: addresses,
    sentence: 'Networks of room cameras, separated by commas: from other addresses technicians cannot let the hub fetch a picture (RTSP).',
  },
  {
    name: 'TURN_URLS', default: '', kind: 'addresses', wrong: turnUrls,
    sentence: 'Relays (coturn) for screens whose network lets no media out, separated by commas (`turn:turn.tinh.gov.vn:3478,turns:turn.tinh.gov.vn:443?transport=tcp`); together with `TURN_SECRET`.',
  },
  { name: 'TURN_SECRET', default: '', kind: 'word', sentence: 'coturn’s `static-auth-secret`; each screen is given a password of its own that ends after 12 hours.', wrong: () => null },
  { name: 'GIAO_BAN_CACHE', default: '', kind: 'folder', sentence: 'Where the media worker is kept through updates; default `~/.cache/giao-ban`.', wrong: path },
  { name: 'SESSION_IDLE_HOURS', default: '12', kind: 'number', sentence: 'A session ends when it was not used for so long.', wrong: wholeNumber(1, 720) },
  { name: 'SESSION_DAYS', default: '7', kind: 'number', sentence: 'A session ends so long after the sign-in in any case.', wrong: wholeNumber(1, 90) },
  {
    name: 'PACKAGE_HOURS', default: '12', kind: 'number', wrong: wholeNumber(1, 720),
    sentence: 'Papers kept on tablets are deleted so long after the planned end of their meeting; a quarter of it after it was closed.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']

/** @throws ConfigRefused naming the first wrong setting and what is wrong with it */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values = Object.fromEntries(settings.map(setting => {
    const value = environment[setting.name]?.trim() || setting.default
    const wrong = setting.wrong(value)
    if (wrong) {
      const given = `${setting.name}=${shown(setting, value)}`
      throw new ConfigRefused({ vi: `${given} không dùng được: ${wrong.vi}.`, en: `${given} cannot be used: ${wrong.en}.` })
    }
    return [setting.name, value]
  })) as Record<SettingName, string>

  requireBoth(values, 'TLS_CERT', 'TLS_KEY', 'HTTPS')
  requireBoth(values, 'TURN_URLS', 'TURN_SECRET', 'TURN')
  const dataDir = resolve(values.DATA_DIR)
  const port = Number(values.PORT)
  const tls = values.TLS_CERT ? { cert: resolve(values.TLS_CERT), key: resolve(values.TLS_KEY) } : null
  return {
    port,
    host: values.HOST,
    dataDir,
    keysDir: keysDir(values.KEYS_DIR, dataDir),
    mongodbUrl: values.MONGODB_URL || null,
    demo: values.DEMO === '1',
    tls,
    certificatePort: tls ? certificatePort(values.CERTIFICATE_PORT, port) : null,
    certificatesDir: resolve(values.CERTIFICATES_DIR),
    publicOrigins: list(values.PUBLIC_ORIGIN),
    trustedProxies: list(values.TRUST_PROXY),
    logLevel: values.LOG_LEVEL as LogLevel,
    logTo: values.LOG_TO as Config['logTo'],
    uploadLimit: Number(values.UPLOAD_LIMIT_MB) * 1_000_000,
    officeDir: resolve(values.OFFICE_DIR),
    media: values.MEDIA as Config['media'],
    mediaWorker: values.MEDIASOUP_WORKER_BIN ? resolve(values.MEDIASOUP_WORKER_BIN) : null,
    mediaPrebuilt: values.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || null,
    mediaPort: Number(values.MEDIA_PORT),
    mediaAddress: values.MEDIA_ADDRESS || null,
    mediaNodes: values.MEDIA_NODES ? mediaNodes(values) : null,
    mediaSecret: values.MEDIA_SECRET || null,
    mediaControlPort: Number(values.MEDIA_CONTROL_PORT),
    mediaPipePorts: portsOf(values.MEDIA_PIPE_PORTS),
    cameraNetworks: list(values.CAMERA_NETWORKS),
    turn: values.TURN_URLS ? { urls: list(values.TURN_URLS), secret: values.TURN_SECRET } : null,
    recordingsDir: values.RECORDINGS_DIR ? resolve(values.RECORDINGS_DIR) : join(resolve(values.DATA_DIR), 'recordings'),
    cacheDir: resolve(values.GIAO_BAN_CACHE || join(homedir(), '.cache', 'giao-ban')),
    sessionIdle: Number(values.SESSION_IDLE_HOURS) * 3_600_000,
    sessionAbsolute: Number(values.SESSION_DAYS) * 86_400_000,
    packageAfterEnd: Number(values.PACKAGE_HOURS) * 3_600_000,
  }
}

function requireBoth(values: Record<SettingName, string>, one: SettingName, other: SettingName, what: string): void {
  if (Boolean(values[one]) === Boolean(values[other])) return
  const [set, missing] = values[one] ? [one, other] : [other, one]
  throw new ConfigRefused({
    vi: `Đã đặt ${set} nhưng chưa đặt ${missing}; ${what} cần cả hai.`,
    en: `${set} is set but ${missing} is not; ${what} needs both.`,
  })
}

function mediaNodes({ MEDIA_NODES, MEDIA_NODE_SITES, MEDIA_SECRET }: Record<SettingName, string>): Config['mediaNodes'] {
  if (!MEDIA_SECRET) throw new ConfigRefused({ vi: 'Đã đặt MEDIA_NODES nhưng chưa đặt MEDIA_SECRET; cần cả hai.', en: 'MEDIA_NODES is set but MEDIA_SECRET is not; both are needed.' })
  const found = list(MEDIA_NODES).flatMap(part => nodeOf(part) ?? [])
  const nearest = Object.fromEntries(list(MEDIA_NODE_SITES).map(part => part.split('=') as [string, string]))
  const strange = Object.values(nearest).find(name => !found.some(node => node.name === name))
  if (strange !== undefined) throw new ConfigRefused({ vi: `MEDIA_NODE_SITES nêu “${strange}”, không có trong MEDIA_NODES.`, en: `MEDIA_NODE_SITES names “${strange}”, which MEDIA_NODES does not.` })
  return { nodes: found, nearest }
}

/** True when only the hub's own machine can reach what listens on `host`. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function certificatePort(value: string, port: number): number {
  if (value) return Number(value)
  return port === 0 || port === 65_535 ? 0 : port + 1
}

/** Whoever copies the data must not copy the keys with it: then the copy could be opened (DESIGN.md 5). */
function keysDir(value: string, dataDir: string): string {
  const folder = value ? resolve(value) : `${dataDir}-keys`
  if (!/^\.\.(?:[\\/]|$)/.test(relative(dataDir, folder))) {
    throw new ConfigRefused({
      vi: `KEYS_DIR=${value} không dùng được: phải nằm ngoài DATA_DIR, nếu không bản sao lưu dữ liệu sẽ kèm cả khóa bỏ phiếu kín.`,
      en: `KEYS_DIR=${value} cannot be used: it must lie outside DATA_DIR, or a backup of the data would hold the keys of secret votes.`,
    })
  }
  return folder
}

/** A database URL may hold a password, which has no place in a message; a secret none at all. */
function shown({ name }: Setting, value: string): string {
  if (name.endsWith('_SECRET')) return '…'
  return name === 'MONGODB_URL' ? value.replace(/\/\/[^@/]*@/, '//…@') : value
}
