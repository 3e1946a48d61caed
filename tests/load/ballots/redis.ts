import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'

export interface RunningRedis { port: number; version: string; stop(): Promise<void> }

/** Debian's redis-server, syncing every write to the same disk as ours. @throws Error with the command to type when missing */
export async function startRedis(): Promise<RunningRedis> {
  const version = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).stdout?.match(/v=([\d.]+)/)?.[1]
  if (!version) throw new Error('redis-server is missing: apt-get install redis-server')
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-redis-'))
  const port = await freePort()
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''], { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('redis-server ended')))
    child.stdout.on('data', (text: Buffer) => { if (text.includes('Ready to accept')) resolve() })
  })
  return {
    port, version,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
