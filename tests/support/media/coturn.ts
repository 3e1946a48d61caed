import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../free-port.ts'

const program = '/usr/bin/turnserver'

/** Debian's coturn, reached by TCP only, as one behind port 443 is; relaying to this machine. */
export interface Coturn {
  urls: string[]
  secret: string
  /** Ports from which its relays send, first and last. */
  relayPorts: readonly [number, number]
  stop(): Promise<void>
}

export const haveCoturn = existsSync(program)

export async function startCoturn(): Promise<Coturn> {
  const port = await freePorts(1)
  const secret = randomBytes(16).toString('hex')
  const first = await freePorts(20)
  const relayPorts = [first, first + 19] as const
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-coturn-'))
  const file = join(folder, 'turnserver.conf')
  await writeFile(file, [
    'listening-ip=127.0.0.1', `listening-port=${port}`, 'relay-ip=127.0.0.1', `min-port=${relayPorts[0]}`, `max-port=${relayPorts[1]}`,
    'no-udp', 'no-tls', 'no-dtls', 'no-cli', 'allow-loopback-peers', 'fingerprint', 'use-auth-secret', `static-auth-secret=${secret}`, 'realm=giao-ban.test',
    'log-file=stdout', 'simple-log', 'verbose', `pidfile=${join(folder, 'turnserver.pid')}`, `userdb=${join(folder, 'turndb')}`,
  ].join('\n'), { mode: 0o600 })
  const child = spawn(program, ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-20_000) })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const listens = new Promise<void>((resolve) => {
    const look = () => { if (/TCP listener opened/u.test(said)) resolve() }
    child.stdout.on('data', look)
    look()
  })
  const late = AbortSignal.timeout(15_000)
  const failed = new Promise<string>((resolve) => {
    late.addEventListener('abort', () => resolve('did not listen within 15 s'))
    void ended.then(() => resolve('ended'))
  })
  const trouble = await Promise.race([listens, failed])
  if (typeof trouble === 'string') {
    await stop()
    throw new Error(`coturn ${trouble}: ${said}`)
  }
  return { urls: [`turn:127.0.0.1:${port}?transport=tcp`], secret, relayPorts, stop }
}
