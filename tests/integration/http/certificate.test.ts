import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHub, testPassword, type TestHub } from '../../support/hub.ts'
import { refused } from './answers.ts'

const run = promisify(execFile)
const command = fileURLToPath(new URL('../../../server/certificate/main.ts', import.meta.url))
const makeCertificate = (...names: string[]) =>
  run(process.execPath, ['--disable-warning=ExperimentalWarning', command, ...names], { env: { ...process.env, CERTIFICATES_DIR: folder } })

let folder: string
let hub: TestHub
let plainUrl: string
let output: string
let authority: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'giao-ban-certificates-'))
  output = (await makeCertificate('hop.tinh.gov.vn', '10.11.12.13')).stdout
  authority = await readFile(join(folder, 'authority.crt'))
  const tls = { cert: join(folder, 'server.crt'), key: join(folder, 'server.key') }
  hub = await startHub({ config: { tls, certificatePort: 0, certificatesDir: folder } })
  plainUrl = new URL(await hub.hub.listenForCertificate() ?? '').origin
  await hub.addAccount({ id: 'admin' })
}, 60_000)
afterAll(async () => {
  await hub.stop()
  await rm(folder, { recursive: true })
})

interface Answer { status: number; headers: Record<string, string | string[] | undefined>; body: string; authorized: boolean }

/** A request that trusts the private authority and nothing else. */
async function overTls(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  const sent = request(hub.url + path, { method, headers, ca: authority, agent: false })
  sent.end(body)
  const [answer] = await once(sent, 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  return { status: answer.statusCode, headers: answer.headers, body: text, authorized: answer.socket.authorized }
}

test('the command makes an authority and a certificate for this machine and the names given, readable by their owner only', async () => {
  const [root, server] = [new X509Certificate(authority), new X509Certificate(await readFile(join(folder, 'server.crt')))]
  expect(root.ca).toBe(true)
  expect(server.ca).toBe(false)
  expect(server.verify(root.publicKey)).toBe(true)
  expect(server.checkIssued(root)).toBe(true)
  for (const name of ['hop.tinh.gov.vn', 'localhost']) expect(server.checkHost(name), name).toBe(name)
  for (const address of ['10.11.12.13', '127.0.0.1', '::1']) expect(server.checkIP(address), address).toBeTruthy()
  // Apple refuses more than 825 days.
  expect(Date.parse(server.validTo) - Date.parse(server.validFrom)).toBeLessThan(825 * 86_400_000)
  for (const file of ['authority.crt', 'authority.key', 'server.crt', 'server.key']) {
    expect((await stat(join(folder, file))).mode & 0o777, file).toBe(0o600)
  }
  expect(output).toMatch(/TLS_CERT=\S+server\.crt TLS_KEY=\S+server\.key/)
})

test('made again, the authority stays: tablets that installed it need nothing new', async () => {
  const before = await readFile(join(folder, 'server.crt'), 'utf8')
  await makeCertificate()
  expect(await readFile(join(folder, 'authority.crt'))).toEqual(authority)
  expect(await readFile(join(folder, 'server.crt'), 'utf8')).not.toBe(before)
})

test('a name that is none is refused with a sentence', async () => {
  const failure = await makeCertificate('không phải tên').catch(error => error)
  expect(failure.code).toBe(1)
  expect(failure.stderr).toContain('“không phải tên” không phải tên máy hay địa chỉ IP.')
  expect(failure.stderr).not.toContain('    at ')
})

test('over HTTPS the session cookie is Secure and bound to the host, and origins must be https', async () => {
  const { host } = new URL(hub.url)
  const signIn = (origin: string) => overTls('/api/session', {
    method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: JSON.stringify({ username: 'admin', password: testPassword }),
  })
  const answer = await signIn(`https://${host}`)
  expect(answer).toMatchObject({ status: 200, authorized: true })
  const [cookie = ''] = answer.headers['set-cookie'] as string[]
  expect(cookie).toMatch(/^__Host-giaoban=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/)
  const token = cookie.split(';')[0] ?? ''
  expect(JSON.parse((await overTls('/api/session', { headers: { cookie: token } })).body).person.id).toBe('admin')
  expect(JSON.parse((await overTls('/api/session', { headers: { cookie: token.replace('__Host-', '') } })).body).person).toBeNull()
  expect((await signIn(`http://${host}`)).status).toBe(403)
})

test('the page explains the certificate in both languages, over plain http too, without a script', async () => {
  for (const [path, language, words] of [
    ['/certificate', 'vi', ['Cài chứng thư của máy chủ họp', 'iPad, iPhone', 'Android', 'Windows', 'Tải chứng thư gốc']],
    ['/certificate?lang=en', 'en', ['Install the hub’s certificate', 'Certificate Trust Settings', 'Trusted Root Certification Authorities']],
  ] as const) {
    for (const html of [await (await fetch(plainUrl + path)).text(), (await overTls(path)).body]) {
      expect(html).toContain(`<html lang="${language}">`)
      for (const word of words) expect(html).toContain(word)
      expect(html).toContain(new X509Certificate(authority).fingerprint256)
      expect(html).not.toMatch(/<script|style="|\{name\}|undefined/)
    }
  }
  const style = await fetch(`${plainUrl}/certificate/style.css`)
  expect(style.headers.get('content-type')).toContain('text/css')
  await refused(await fetch(`${plainUrl}/certificate?lang=fr`), 400, 'request.malformed')
})

test('the authority is downloaded as the certificate that tablets install, never its key', async () => {
  const answer = await fetch(`${plainUrl}/certificate/authority.crt`)
  expect(answer.headers.get('content-type')).toBe('application/x-x509-ca-cert')
  const der = Buffer.from(await answer.arrayBuffer())
  expect(new X509Certificate(der).fingerprint256).toBe(new X509Certificate(authority).fingerprint256)
  for (const file of ['authority.key', 'server.key', 'server.crt']) {
    expect((await fetch(`${plainUrl}/certificate/${file}`, { redirect: 'manual' })).status).toBe(307)
    expect((await overTls(`/certificate/${file}`)).status).toBe(404)
  }
})

test('the plain port sends everything else to HTTPS and signs nobody in', async () => {
  const answer = await fetch(`${plainUrl}/meetings/abc?x=1`, { redirect: 'manual' })
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toBe(`${hub.url}/meetings/abc?x=1`)
  const post = await fetch(`${plainUrl}/api/session`, { method: 'POST', body: '{}', redirect: 'manual', headers: { 'content-type': 'application/json' } })
  expect(post.status).toBe(307)
  expect(post.headers.getSetCookie()).toEqual([])
  expect((await fetch(`${plainUrl}//evil.example/`, { redirect: 'manual' })).headers.get('location')).toMatch(new RegExp(`^${hub.url}`))
})

test('on plain http from another machine the page says what will be missing; here and over HTTPS it does not', async () => {
  const plain = await startHub({ config: { host: '0.0.0.0', certificatesDir: join(folder, 'none') } })
  try {
    const elsewhere = await (await plain.request('/certificate', { headers: { 'x-forwarded-for': '10.0.0.9' } })).text()
    expect(elsewhere).toContain('máy ảnh và micrô')
    expect(elsewhere).toContain('Máy chủ này chưa có chứng thư gốc.')
    expect(await (await plain.request('/certificate')).text()).not.toContain('máy ảnh và micrô')
    expect((await overTls('/certificate')).body).not.toContain('máy ảnh và micrô')
    await refused(await plain.request('/certificate/authority.crt'), 404, 'notFound')
  } finally {
    await plain.stop()
  }
})
