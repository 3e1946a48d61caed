import { existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino, stdTimeFunctions, type Logger } from 'pino'
import type { Config } from './config.ts'

/** A log file larger than this at start is put aside as hub.log.1. */
const largestFile = 20_000_000

const secrets = ['password', 'oldPassword', 'newPassword', 'oneTimePassword', 'token', 'cookie', 'authorization']
const paths = ['', '*.', '*.*.'].flatMap(path => secrets.map(name => path + name))

/**
 * The hub's log: JSON lines, one per change of a life cycle; requests at `debug`. Child loggers carry `meetingId`, `userId`
 * and `commandId`. Secrets are removed wherever they stand, up to three levels deep.
 */
export function openLog({ logLevel, logTo, dataDir }: Pick<Config, 'logLevel' | 'logTo' | 'dataDir'>): Logger {
  const options = { level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime, redact: { paths, censor: '[removed]' } }
  // An open file, not a path: pino opens a path later, and a start that is refused before then would end with its stack.
  return pino(options, destination(logTo === 'stdout' ? 1 : openSync(logFile(dataDir), 'a')))
}

function logFile(dataDir: string): string {
  const file = join(dataDir, 'hub.log')
  mkdirSync(dataDir, { recursive: true })
  if (existsSync(file) && statSync(file).size > largestFile) renameSync(file, `${file}.1`)
  return file
}
