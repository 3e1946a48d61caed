import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))
/** The first start may build the client. */
const patience = 180_000

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'giao-ban-start-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

function startHub(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', PORT: '0', DEMO: '0', MEDIA: 'off', DATA_DIR: join(folder, 'data'), ...environment },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', chunk => { said.out += chunk })
  child.stderr.on('data', chunk => { said.err += chunk })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, said, ended }
}

async function started(hub: ReturnType<typeof startHub>, stream: 'out' | 'err' = 'out'): Promise<string> {
  let over = false
  void hub.ended.then(() => { over = true })
  while (!hub.said[stream].includes('Ctrl+C')) {
    if (over) throw new Error(`the hub ended: ${hub.said.out}${hub.said.err}`)
    await Promise.race([once(stream === 'out' ? hub.child.stdout : hub.child.stderr, 'data'), hub.ended])
  }
  return /http:\/\/localhost:\d+/.exec(hub.said[stream])?.[0] ?? ''
}

test.each([
  ['PORT', '99999', 'PORT=99999 cannot be used: it must be a whole number from 0 to 65535.'],
  ['HOST', 'http://0.0.0.0', 'HOST=http://0.0.0.0 cannot be used: it must be an IP address or a host name'],
  ['DEMO', 'yes', 'DEMO=yes cannot be used: it must be one of: 0, 1.'],
  ['MONGODB_URL', 'postgres://user:secret@host/db', 'MONGODB_URL=postgres://…@host/db cannot be used'],
  ['TLS_CERT', '/nowhere/server.crt', 'TLS_CERT is set but TLS_KEY is not; HTTPS needs both.'],
])('%s=%s stops the start with one sentence, exit code 1 and no stack', async (name, value, sentence) => {
  const { said, ended } = startHub({ [name]: value })
  expect(await ended).toBe(1)
  expect(said.err).toContain(sentence)
  expect(said.err.trim().split('\n')).toHaveLength(2)
  expect(said.err).not.toMatch(/ {4}at |secret/)
  expect(said.out).toBe('')
}, 30_000)

test('a data folder that cannot be written stops the start with a sentence', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const { said, ended } = startHub({ DATA_DIR: join(file, 'data') })
  expect(await ended).toBe(1)
  expect(said.err).toMatch(/DATA_DIR=.*a-file.data cannot be used: /)
  expect(said.err).not.toContain('    at ')
}, 30_000)

test('a port in use, an address of another machine, and certificate files that are none: one sentence each', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  await mkdir(join(folder, 'tls'))
  const [cert, key] = [join(folder, 'tls/server.crt'), join(folder, 'tls/server.key')]
  await writeFile(cert, 'not a certificate')
  await writeFile(key, 'not a key')
  await chmod(key, 0o600)
  try {
    for (const [environment, sentence] of [
      [{ PORT: String(port) }, `Port ${port} is in use by another program.`],
      [{ HOST: '203.0.113.7' }, 'HOST=203.0.113.7 is not an address of this machine.'],
      [{ TLS_CERT: cert, TLS_KEY: key }, 'TLS_CERT and TLS_KEY are not a certificate and its private key in PEM form.'],
      [{ TLS_CERT: `${cert}.gone`, TLS_KEY: key }, 'this file cannot be read (ENOENT).'],
    ] as const) {
      const { said, ended } = startHub(environment)
      expect(await ended, said.err).toBe(1)
      expect(said.err).toContain(sentence)
      expect(said.err).not.toContain('    at ')
    }
  } finally {
    other.close()
  }
}, patience)

test('started and stopped: the address is printed, the log is in the data folder, and Ctrl+C ends cleanly', async () => {
  const hub = startHub({ DATA_DIR: join(folder, 'log') })
  const url = await started(hub)
  expect(hub.said.out).toContain('Chưa có tài khoản nào: trang trên sẽ hỏi để tạo quản trị viên.')
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', store: 'sqlite' })
  expect((await (await fetch(`${url}/api/session`)).json()).needsSetup).toBe(true)
  expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain('<title>Giao ban</title>')
  hub.child.kill('SIGINT')
  expect(await hub.ended).toBe(0)
  expect(hub.said.err).toBe('')
  const log = (await readFile(join(folder, 'log/hub.log'), 'utf8')).trim().split('\n').map(line => JSON.parse(line))
  expect(log.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['hub started', 'hub stopping', 'hub stopped']))
}, patience)

test('a container reads JSON lines on stdout, people are spoken to on stderr', async () => {
  const hub = startHub({ DATA_DIR: join(folder, 'container'), LOG_TO: 'stdout' })
  await started(hub, 'err')
  hub.child.kill('SIGTERM')
  expect(await hub.ended).toBe(0)
  expect(hub.said.err).toContain('Giao ban is ready. Open:')
  for (const line of hub.said.out.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow()
}, patience)
