import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** The finer rules of who may import whom; the coarse ones are the compiler's (tsconfig.json of each folder). */

interface Import { file: string; target: string }

const files = globSync('{shared,server,media,client,docs}/**/*.{ts,vue}', { exclude: (name) => name.includes('node_modules') || name.includes('dist') })
const imports: Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => ({
    file,
    target: name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  })),
)

function offenders(wrong: (one: Import) => boolean): string[] {
  return imports.filter(wrong).map(({ file, target }) => `${file} → ${target}`)
}

const within = (path: string, ...folders: string[]) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
const isPackage = (target: string, name: string) => target === name || target.startsWith(`${name}/`)

const quarantine: Record<string, string[]> = {
  'mongodb': ['server/store/mongodb'],
  'node:sqlite': ['server/store/sqlite'],
  'socket.io': ['server/live'],
  'socket.io-client': ['client/connection'],
  'mediasoup': ['media'],
  'mediasoup-client': ['client/bridge'],
  'y-websocket': ['client/collab'],
  'yjs': ['server/collab', 'client/collab', 'client/meeting/marks'],
  'sdp-transform': ['shared/media/sdp'],
  'ws': ['server/collab'],
  'y-protocols': ['server/collab', 'client/collab'],
  'idb': ['client/offline'],
  '@cantoo/pdf-lib': ['client/meeting/marks', 'server/papers'],
  '@hyzyla/pdfium': ['server/papers'],
  'sharp': ['server/papers'],
  'yauzl': ['server/papers'],
  'pdfjs-dist': ['client/pdf', 'server/papers'],
  'fastify': ['server/http', 'server/app.ts', 'server/certificate'],
  '@node-rs/argon2': ['server/directory'],
  'ajv': ['server/live', 'server/http', 'media/wire'],
  // Parts may stand on it, pages stand on parts.
  'reka-ui': ['client/ui', 'client/app.vue', 'client/meeting', 'client/office'],
  'sortablejs': ['client/office', 'client/meeting/floor'],
  '@peculiar/x509': ['server/certificate'],
}

for (const [library, homes] of Object.entries(quarantine)) {
  test(`${library} is imported only in ${homes.join(', ')}`, () => {
    expect(offenders(({ file, target }) => isPackage(target, library) && !within(file, ...homes))).toEqual([])
  })
}

test('shared imports nothing of ours, nothing of Node, no framework', () => {
  const allowed = ['shared', 'typebox', 'fractional-indexing', '@internationalized/date', 'sdp-transform']
  expect(offenders(({ file, target }) => within(file, 'shared') && !within(target, ...allowed))).toEqual([])
})

test('client never imports server, server never imports client, media neither', () => {
  expect(offenders(({ file, target }) => within(file, 'client') && within(target, 'server', 'media'))).toEqual([])
  expect(offenders(({ file, target }) => within(file, 'server') && within(target, 'client'))).toEqual([])
  expect(offenders(({ file, target }) => within(file, 'media') && within(target, 'client', 'server'))).toEqual([])
})

test('server reaches media through its control contract only', () => {
  expect(offenders(({ file, target }) => within(file, 'server') && within(target, 'media') && target !== 'media/control.ts')).toEqual([])
})

test('edges know domain folders, domain folders know the store, never the other way round', () => {
  const edges = ['server/live', 'server/http', 'server/collab']
  const domain = ['server/meetings', 'server/bridge', 'server/papers', 'server/directory', 'server/audit', 'server/records', 'server/recordings', 'server/notices']
  expect(offenders(({ file, target }) => within(file, ...domain) && within(target, ...edges))).toEqual([])
  expect(offenders(({ file, target }) => within(file, 'server/store') && within(target, ...edges, ...domain))).toEqual([])
  expect(offenders(({ file, target }) => edges.some((edge) => within(file, edge) && within(target, ...edges.filter((other) => other !== edge))))).toEqual([])
})

test('domain folders reach the store through its port, never an adapter', () => {
  expect(offenders(({ file, target }) => !within(file, 'server/store') && within(target, 'server/store/sqlite', 'server/store/mongodb'))).toEqual([])
})

test('the page asks TypeBox schemas for their types only', () => {
  const schemaFiles = /shared\/(contracts\/(fields|commands)|contracts\/http\/.*|meeting\/.*\/commands)\.ts$/
  const runtime = files.filter((file) => within(file, 'client')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/import (?!type)[^'"]*['"](\.[^'"]+)['"]/g)]
      .filter(([statement, name = '']) => schemaFiles.test(normalize(join(dirname(file), name))) && !/import \{(\s*type \w+,?)+\s*\}/.test(statement))
      .map(([, name]) => `${file} → ${name}`))
  expect(runtime).toEqual([])
})

test('no folder hides things behind a name such as utils', () => {
  expect(files.filter((file) => /\/(utils?|helpers?|services?|managers?|types|common|misc)\//.test(file))).toEqual([])
})

test('no file re-exports a folder', () => {
  expect(files.filter((file) => /^export \* from/m.test(readFileSync(file, 'utf8')))).toEqual([])
})

test('no file is longer than one can read', () => {
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length
  expect(files.filter((file) => lines(file) > 300).map((file) => `${file}: ${lines(file)}`)).toEqual([])
})
