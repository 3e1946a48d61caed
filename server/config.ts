/** Every setting of the hub, in one table. The only reader of the environment. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'

export interface Config {
  port: number
  host: string
  dataDir: string
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
  /** Milliseconds. */
  sessionIdle: number
  /** Milliseconds. */
  sessionAbsolute: number
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** A wrong setting; its message is the whole sentence for the person who starts the hub. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused'
}

type Kind = 'port' | 'host' | 'folder' | 'file' | 'MongoDB URL' | '0 or 1' | 'origins' | 'addresses' | 'number' | 'word'

interface Setting {
  name: string
  /** As it would be typed; empty means not set. */
  default: string
  kind: Kind
  sentence: string
  /** Why the value is wrong, or null. */
  wrong(value: string): string | null
}

export const settings = [
  { name: 'PORT', default: '3000', kind: 'port', sentence: 'Port to listen on; 0 picks a free one.', wrong: wholeNumber(0, 65_535) },
  {
    name: 'HOST', default: '127.0.0.1', kind: 'host', wrong: hostName,
    sentence: 'Address to listen on. `0.0.0.0` lets tablets in; demo passwords must be changed then.',
  },
  { name: 'DATA_DIR', default: './data', kind: 'folder', sentence: 'Where meetings, papers and the log file are kept.', wrong: notEmpty },
  {
    name: 'MONGODB_URL', default: '', kind: 'MongoDB URL', wrong: mongodbUrl,
    sentence: 'Keeps everything in this MongoDB instead of the embedded store (`mongodb://…/giaoban`).',
  },
  {
    name: 'DEMO', default: '1', kind: '0 or 1', wrong: oneOf('0', '1'),
    sentence: 'On the first start on an empty store: 1 loads the demo province, 0 starts empty and asks for an administrator.',
  },
  { name: 'TLS_CERT', default: '', kind: 'file', sentence: 'Certificate (PEM) for HTTPS; together with `TLS_KEY`. `npm run certificate` makes both.', wrong: () => null },
  { name: 'TLS_KEY', default: '', kind: 'file', sentence: 'Private key (PEM) of `TLS_CERT`.', wrong: () => null },
  {
    name: 'CERTIFICATE_PORT', default: '', kind: 'port', wrong: optional(wholeNumber(0, 65_535)),
    sentence: 'With HTTPS: port of the plain page that explains the certificate and sends everything else to HTTPS. Default: `PORT` + 1.',
  },
  { name: 'CERTIFICATES_DIR', default: './certificates', kind: 'folder', sentence: 'Where `npm run certificate` writes.', wrong: notEmpty },
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
  { name: 'SESSION_IDLE_HOURS', default: '12', kind: 'number', sentence: 'A session ends when it was not used for so long.', wrong: wholeNumber(1, 720) },
  { name: 'SESSION_DAYS', default: '7', kind: 'number', sentence: 'A session ends so long after the sign-in in any case.', wrong: wholeNumber(1, 90) },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']

/** @throws ConfigRefused naming the first wrong setting and what is wrong with it */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values = Object.fromEntries(settings.map(setting => {
    const value = environment[setting.name]?.trim() || setting.default
    const wrong = setting.wrong(value)
    if (wrong) throw new ConfigRefused(`${setting.name} is “${shown(setting, value)}”, but ${wrong}.`)
    return [setting.name, value]
  })) as Record<SettingName, string>

  if (Boolean(values.TLS_CERT) !== Boolean(values.TLS_KEY)) {
    const [set, missing] = values.TLS_CERT ? ['TLS_CERT', 'TLS_KEY'] : ['TLS_KEY', 'TLS_CERT']
    throw new ConfigRefused(`${set} is set but ${missing} is not; HTTPS needs both.`)
  }
  const port = Number(values.PORT)
  const tls = values.TLS_CERT ? { cert: resolve(values.TLS_CERT), key: resolve(values.TLS_KEY) } : null
  return {
    port,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
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
    sessionIdle: Number(values.SESSION_IDLE_HOURS) * 3_600_000,
    sessionAbsolute: Number(values.SESSION_DAYS) * 86_400_000,
  }
}

/** True when only the hub's own machine can reach what listens on `host`. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function certificatePort(value: string, port: number): number {
  if (value) return Number(value)
  return port === 0 || port === 65_535 ? 0 : port + 1
}

const list = (value: string) => value.split(',').map(part => part.trim()).filter(Boolean)

/** A database URL may hold a password, which has no place in a message. */
function shown({ name }: Setting, value: string): string {
  return name === 'MONGODB_URL' ? value.replace(/\/\/[^@/]*@/, '//…@') : value
}

function wholeNumber(from: number, to: number) {
  return (value: string) =>
    /^\d{1,9}$/.test(value) && Number(value) >= from && Number(value) <= to ? null : `it must be a whole number from ${from} to ${to}`
}

function optional(check: (value: string) => string | null) {
  return (value: string) => (value === '' ? null : check(value))
}

function oneOf(...words: string[]) {
  return (value: string) => (words.includes(value) ? null : `it must be one of: ${words.join(', ')}`)
}

function notEmpty(value: string): string | null {
  return value.includes('\0') ? 'a path cannot hold a zero byte' : null
}

function hostName(value: string): string | null {
  const name = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/
  const almostAddress = /^[\d.]+$/.test(value) && isIP(value) === 0
  return isIP(value) !== 0 || (name.test(value) && !almostAddress) ? null : 'it must be an IP address or a host name, without scheme or port'
}

function mongodbUrl(value: string): string | null {
  return value === '' || /^mongodb(\+srv)?:\/\/[^/\s]+/.test(value) ? null : 'it must begin with mongodb:// or mongodb+srv:// and name a server'
}

function origins(value: string): string | null {
  const wrong = list(value).find(origin => !URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin))
  return wrong === undefined ? null : `“${wrong}” is not an origin such as https://hop.tinh.gov.vn (no path, no slash at the end)`
}

function addresses(value: string): string | null {
  const wrong = list(value).find(part => {
    const [address = '', bits] = part.split('/')
    const family = isIP(address)
    return family === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  })
  return wrong === undefined ? null : `“${wrong}” is not an IP address or range`
}
