import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurationMarkdown, withConfiguration } from '../../../server/config.markdown.ts'
import { ConfigRefused, isLoopbackHost, readConfig, settings } from '../../../server/config.ts'

describe('the settings', () => {
  test('have the promised defaults', () => {
    expect(readConfig({})).toEqual({
      cameraNetworks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
      port: 3000, host: '127.0.0.1', dataDir: resolve('data'), keysDir: resolve('data-keys'), mongodbUrl: null, demo: true, tls: null, certificatePort: null,
      certificatesDir: resolve('certificates'), recordingsDir: resolve('data/recordings'), publicOrigins: [], trustedProxies: [], logLevel: 'info', logTo: 'file',
      uploadLimit: 200_000_000, officeDir: '/usr/lib/libreoffice/program', media: 'auto', mediaWorker: null, mediaPrebuilt: null, mediaPort: 44400, mediaAddress: null, mediaNodes: null, mediaSecret: null, mediaControlPort: 44390, mediaPipePorts: { min: 44500, max: 44599 }, turn: null, cacheDir: join(homedir(), '.cache/giao-ban'),
      sessionIdle: 12 * 3_600_000, sessionAbsolute: 7 * 86_400_000, packageAfterEnd: 12 * 3_600_000,
    })
  })

  test('are read from the environment; an empty value is the default', () => {
    const config = readConfig({
      PORT: ' 8080 ', HOST: '::', DEMO: '0', DATA_DIR: '', TLS_CERT: 'a.crt', TLS_KEY: 'a.key', UPLOAD_LIMIT_MB: '50',
      PUBLIC_ORIGIN: 'https://hop.tinh.gov.vn, http://10.0.0.5:8080', TRUST_PROXY: '10.0.0.5,fd00::/8', MONGODB_URL: 'mongodb://u:p@db/giaoban',
    })
    expect(config).toMatchObject({
      port: 8080, host: '::', demo: false, tls: { cert: resolve('a.crt'), key: resolve('a.key') }, certificatePort: 8081, uploadLimit: 50_000_000,
      dataDir: resolve('data'), publicOrigins: ['https://hop.tinh.gov.vn', 'http://10.0.0.5:8080'], trustedProxies: ['10.0.0.5', 'fd00::/8'],
    })
  })

  test.each([
    ['PORT', '3000.5'], ['PORT', '-1'], ['PORT', '0x10'], ['PORT', '65536'], ['PORT', 'http'],
    ['HOST', '0.0.0.0:3000'], ['HOST', '300.1.1.1'], ['HOST', 'a b'], ['HOST', '-x'],
    ['DEMO', 'true'], ['DEMO', '2'], ['LOG_LEVEL', 'verbose'], ['LOG_TO', 'stderr'],
    ['UPLOAD_LIMIT_MB', '0'], ['UPLOAD_LIMIT_MB', '9999'], ['SESSION_IDLE_HOURS', '0'], ['SESSION_DAYS', '365'], ['CERTIFICATE_PORT', 'x'],
    ['PUBLIC_ORIGIN', 'hop.tinh.gov.vn'], ['PUBLIC_ORIGIN', 'https://hop.tinh.gov.vn/'], ['PUBLIC_ORIGIN', 'ftp://x'], ['PUBLIC_ORIGIN', 'https://a.vn https://b.vn'],
    ['TRUST_PROXY', '1'], ['TRUST_PROXY', 'true'], ['TRUST_PROXY', '10.0.0.0/33'], ['MONGODB_URL', 'localhost:27017'], ['DATA_DIR', 'a\0b'],
    ['MEDIA', '1'], ['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL', 'github.com'],
    ['MEDIA_NODES', '10.0.0.1:44390'], ['MEDIA_NODES', 'a=10.0.0.1'], ['MEDIA_NODES', 'a=x:1,a=y:2'], ['MEDIA_NODES', 'a=300.1.1.1:1'], ['MEDIA_NODE_SITES', 'huyen'], ['MEDIA_SECRET', 'hunter2'], ['MEDIA_PIPE_PORTS', '44599-44500'], ['MEDIA_PIPE_PORTS', '1-99999'],
    ['KEYS_DIR', './data'], ['KEYS_DIR', './data/keys'], ['KEYS_DIR', 'data/../data/x'],
  ])('%s=%j is refused in both languages, naming it', (name, value) => {
    try {
      readConfig({ [name]: value })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigRefused)
      const { said } = error as ConfigRefused
      for (const sentence of [said.vi, said.en]) expect(sentence).toMatch(new RegExp(`^${name}=.+\\.$`, 's'))
      expect(said.vi).toContain('không dùng được')
    }
  })

  test('keep the keys of secret votes beside the data, wherever that is, never within', () => {
    expect(readConfig({ DATA_DIR: '/var/lib/giao-ban' }).keysDir).toBe('/var/lib/giao-ban-keys')
    expect(readConfig({ DATA_DIR: '/srv/hub', KEYS_DIR: '/srv/hub-2/keys' }).keysDir).toBe('/srv/hub-2/keys')
    expect(readConfig({ DATA_DIR: '/srv/hub', KEYS_DIR: '/srv/..keys' }).keysDir).toBe('/srv/..keys')
    expect(() => readConfig({ DATA_DIR: '/srv/hub', KEYS_DIR: '/srv/hub/..keys' })).toThrow(ConfigRefused)
  })

  test('name media processes and the sites near them; the secret is needed, and never shown', () => {
    const MEDIA_SECRET = 'a'.repeat(32)
    const given = { MEDIA_NODES: 'tinh=10.0.0.1:44390, huyen=[fd00::1]:44391', MEDIA_NODE_SITES: 'Giồng Ông=huyen,main=tinh', MEDIA_SECRET }
    expect(readConfig(given)).toMatchObject({
      mediaSecret: MEDIA_SECRET, mediaNodes: { nodes: [{ name: 'tinh', host: '10.0.0.1', port: 44390 }, { name: 'huyen', host: 'fd00::1', port: 44391 }], nearest: { 'Giồng Ông': 'huyen', main: 'tinh' } },
    })
    expect(() => readConfig({ ...given, MEDIA_SECRET: '' })).toThrow('MEDIA_SECRET is not')
    expect(() => readConfig({ ...given, MEDIA_NODE_SITES: 'a=xa' })).toThrow('“xa”')
    expect(() => readConfig({ MEDIA_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/)
  })

  test('never show a database’s password', () => {
    expect(() => readConfig({ MONGODB_URL: 'mysql://root:hunter2@db' })).toThrow(/^(?!.*hunter2)/)
  })

  test('are all in the table for the README, which the README holds', () => {
    const table = configurationMarkdown()
    for (const { name } of settings) expect(table).toMatch(new RegExp(`^\\| \`${name}\` \\|.*`, 'm'))
    const readme = new URL('../../../README.md', import.meta.url)
    expect(existsSync(readme), 'README.md').toBe(true)
    const text = readFileSync(readme, 'utf8')
    expect(text, 'run: node server/config.markdown.ts').toBe(withConfiguration(text))
  })

  test('replace only what stands between the README’s markers', () => {
    const renewed = withConfiguration('before\n<!-- configuration -->\nold\n<!-- /configuration -->\nafter $& $1')
    expect(renewed).toBe(`before\n<!-- configuration -->\n${configurationMarkdown()}\n<!-- /configuration -->\nafter $& $1`)
    expect(() => withConfiguration('no markers')).toThrow('README.md has no')
  })
})

test('loopback hosts are known, and nothing else passes for one', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(isLoopbackHost(host), host).toBe(true)
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'localhost.evil.example', '127.0.0.1.evil.example', '']) expect(isLoopbackHost(host), host).toBe(false)
})
