import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'

export interface RunningPostgres { port: number; version: string; stop(): Promise<void> }

/** Debian keeps the server's programs out of the way. */
async function find(program: string): Promise<string | null> {
  if (spawnSync(program, ['--version']).status === 0) return program
  const versions = await readdir('/usr/lib/postgresql').catch(() => [])
  return versions.map((version) => `/usr/lib/postgresql/${version}/bin/${program}`).find((path) => spawnSync(path, ['--version']).status === 0) ?? null
}

/** PostgreSQL refuses to run as root, so root lends it to whoever has no rights at all. */
function unprivileged(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** PostgreSQL with its defaults, fsync included, on the same disk as ours. @throws Error with the command to type when missing */
export async function startPostgres(): Promise<RunningPostgres> {
  const [server, initialise] = [await find('postgres'), await find('initdb')]
  if (!server || !initialise) throw new Error('postgres is missing: apt-get install postgresql')
  const version = spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout.match(/[\d.]+/)?.[0] ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-postgres-'))
  const user = unprivileged()
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(initialise, ['-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--no-locale'], { ...user, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const child = spawn(server, ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=on'], { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.once('exit', () => reject(new Error(`postgres ended: ${said}`)))
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-2000)
      if (said.includes('ready to accept connections')) resolve()
    })
  })
  return {
    port, version,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
