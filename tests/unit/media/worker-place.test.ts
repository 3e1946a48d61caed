import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cachedWorker, placeBeside, putInPlace, recipeRevision, workerKey } from '../../../media/worker/cache.ts'
import { buildPackages, missingPackages } from '../../../media/worker/packages.ts'
import { prebuiltUrl } from '../../../media/worker/prebuilt.ts'

const kind = { version: '3.27.1', platform: 'linux', arch: 'x64', revision: 'abcd1234' }

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'giao-ban-worker-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a worker is kept by version, platform, processor and recipe', () => {
  const keys = [kind, { ...kind, version: '3.28.0' }, { ...kind, arch: 'arm64' }, { ...kind, platform: 'darwin' }, { ...kind, revision: 'ffff0000' }].map(workerKey)
  expect(new Set(keys).size).toBe(5)
  expect(cachedWorker('/cache', kind)).toBe('/cache/media-worker/mediasoup-3.27.1-linux-x64-abcd1234/mediasoup-worker')
})

test('the recipe’s revision changes with any of its files, and only then', () => {
  const read = (changed: string) => (name: string) => Buffer.from(name === changed ? 'other' : 'same')
  const names: string[] = []
  const plain = recipeRevision((name) => { names.push(name); return Buffer.from('same') })
  expect(names.length).toBeGreaterThan(3)
  expect(new Set([plain, ...names.map((name) => recipeRevision(read(name)))]).size).toBe(names.length + 1)
  expect(recipeRevision()).toBe(recipeRevision())
  expect(recipeRevision()).toMatch(/^[0-9a-f]{8}$/)
})

test('two that make a worker at once work in folders of their own, and the last to finish is there whole', async () => {
  const worker = cachedWorker(folder, kind)
  const [one, two] = await Promise.all([placeBeside(worker), placeBeside(worker)])
  expect(one).not.toBe(two)
  for (const [at, text] of [[one, 'one'], [two, 'two']] as const) {
    await writeFile(join(at, 'mediasoup-worker'), text)
    await putInPlace(join(at, 'mediasoup-worker'), worker)
  }
  expect((await readdir(dirname(worker))).sort()).toEqual([basename(one), basename(two), 'mediasoup-worker'].sort())
})

test('what a killed build left is swept an hour later, a build that goes on is not', async () => {
  const worker = cachedWorker(folder, kind)
  const [left, running] = [await placeBeside(worker), await placeBeside(worker)]
  const longAgo = new Date(Date.now() - 2 * 3_600_000)
  await utimes(left, longAgo, longAgo)
  const next = await placeBeside(worker)
  expect((await readdir(dirname(worker))).sort()).toEqual([basename(running), basename(next)].sort())
})

test('the packages that are missing are named as Debian names them, in one order', () => {
  const all = { program: () => true, header: () => true }
  expect(missingPackages(all)).toEqual([])
  expect(missingPackages({ program: () => false, header: () => false })).toEqual(buildPackages)
  expect(missingPackages({ ...all, program: (name) => name !== 'ninja' })).toEqual(['ninja-build'])
  expect(missingPackages({ ...all, header: (name) => !name.startsWith('absl/') && name !== 'srtp2/srtp.h' })).toEqual(['libsrtp2-dev', 'libabsl-dev'])
})

test('a prebuilt worker is asked for by the name mediasoup gives it', () => {
  const linux = { platform: 'linux', arch: 'x64', kernel: '6.1.0-18-amd64' }
  expect(prebuiltUrl('3.27.1', linux)).toBe('https://github.com/versatica/mediasoup/releases/download/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz')
  expect(prebuiltUrl('3.27.1', { ...linux, base: 'http://mirror.tinh.gov.vn/mediasoup/' })).toBe('http://mirror.tinh.gov.vn/mediasoup/3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz')
  expect(prebuiltUrl('3.27.1', { platform: 'darwin', arch: 'arm64', kernel: '23.0' })).toMatch(/darwin-arm64\.tgz$/)
})
