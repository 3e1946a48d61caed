import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressFolder } from '../../../server/client-build/compress.ts'
import { startHub, type TestHub } from '../../support/hub.ts'
import { refused } from './answers.ts'

const script = `console.log(${JSON.stringify('giao ban '.repeat(400))})`
let hub: TestHub
let clientDir: string
beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'giao-ban-client-'))
  await mkdir(join(clientDir, 'assets'))
  await writeFile(join(clientDir, 'index.html'), '<!doctype html><title>Giao ban</title>')
  await writeFile(join(clientDir, 'assets/main-4f2a.js'), script)
  await writeFile(join(clientDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(clientDir, '..', 'secret.txt'), 'outside')
  await compressFolder(clientDir)
  hub = await startHub({ clientDir })
})
afterAll(async () => {
  await hub.stop()
  await rm(clientDir, { recursive: true })
  await rm(join(clientDir, '..', 'secret.txt'))
})

const page = { headers: { accept: 'text/html,application/xhtml+xml' } }

/** As it travels: fetch would unpack it, and would tidy the path. */
function raw(path: string, headers: Record<string, string> = {}): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(hub.url)
    get({ host: '127.0.0.1', port, path, headers }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }))
    }).once('error', reject)
  })
}

test('pages of the client’s router are all served by its one page, which is asked for anew each time', async () => {
  for (const path of ['/', '/meetings/abc', '/sign-in', '/administration/accounts?x=1']) {
    const answer = await hub.request(path, page)
    expect(answer.status, path).toBe(200)
    expect(await answer.text()).toContain('<title>Giao ban</title>')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-type')).toContain('text/html')
  }
})

test('files that carry their hash are kept for ever, others are asked for again', async () => {
  const hashed = await hub.request('/assets/main-4f2a.js')
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(hashed.headers.get('content-type')).toContain('javascript')
  expect(await hashed.text()).toBe(script)
  const favicon = await hub.request('/favicon.svg')
  expect(favicon.headers.get('cache-control')).toBe('no-cache')
  expect((await raw('/favicon.svg', { 'if-none-match': favicon.headers.get('etag') ?? '' })).status).toBe(304)
})

test('compressed copies travel to browsers that take them', async () => {
  const brotli = await raw('/assets/main-4f2a.js', { 'accept-encoding': 'gzip, br' })
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
  const gzip = await raw('/assets/main-4f2a.js', { 'accept-encoding': 'gzip' })
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzip.body).toString()).toBe(script)
  expect(gzip.headers['content-type']).toContain('javascript')
  expect(gzip.headers['cache-control']).toContain('immutable')
  expect((await raw('/assets/main-4f2a.js')).headers['content-encoding']).toBeUndefined()
})

test('what is no page is refused as a request', async () => {
  await refused(await hub.request('/api/nothing', page), 404, 'notFound')
  await refused(await hub.request('/assets/gone-1234.js', page), 404, 'notFound')
  await refused(await hub.request('/robots.txt', page), 404, 'notFound')
  await refused(await hub.request('/meetings/abc', { headers: { accept: 'application/json' } }), 404, 'notFound')
  await refused(await hub.request('/meetings/abc', { ...page, method: 'POST' }), 404, 'notFound')
})

test('no path leads out of the client’s folder', async () => {
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/%00', '/.%00./secret.txt']) {
    const { status, body } = await raw(path)
    expect([400, 403, 404], path).toContain(status)
    expect(body.toString()).not.toContain('outside')
  }
})
