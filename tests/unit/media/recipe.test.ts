import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WorkerFailed } from '../../../media/worker/failure.ts'
import { installedMediasoup } from '../../../media/worker/mediasoup.ts'
import { mendDtlsTransport, mendedFile } from '../../../media/worker/mend.ts'
import { buildNinja, flatcArguments } from '../../../media/worker/recipe.ts'
import { workerSources } from '../../../media/worker/sources.ts'

/** The real package: what it says today is what is built today. */
const workerDir = join(installedMediasoup().folder, 'worker')
const dtls = readFileSync(join(workerDir, mendedFile), 'utf8')

test('the files of the worker are read from mediasoup’s own lists, each is there, none twice', () => {
  const sources = workerSources(workerDir)
  expect(sources.length).toBeGreaterThan(200)
  expect(new Set(sources).size).toBe(sources.length)
  expect(sources.filter((file) => !existsSync(join(workerDir, file)))).toEqual([])
  for (const file of ['src/main.cpp', 'src/Worker.cpp', 'src/DepLibWebRTC.cpp', mendedFile, 'deps/libwebrtc/libwebrtc/api/units/timestamp.cc']) expect(sources).toContain(file)
  expect(sources.filter((file) => /^(test|mocks|fuzzer)\//.test(file))).toEqual([])
})

test('lists that are not where they were are said, not guessed', () => {
  expect(() => workerSources(join(workerDir, 'nowhere'))).toThrow()
  expect(() => workerSources('tests/unit/media/without-lists')).toThrow()
})

test('one line of DtlsTransport.cpp is mended, nothing else', () => {
  const before = dtls.split('\n')
  const after = mendDtlsTransport(dtls).split('\n')
  const changed = after.flatMap((line, at) => (line === before[at] ? [] : [line.trim()]))
  expect(after).toHaveLength(before.length)
  expect(changed).toEqual(['const long resultOfcallback = (operationType & BIO_CB_RETURN) ? static_cast<long>(ret) : 1;'])
})

test.each([
  ['was mended by mediasoup itself', dtls.replace('operationType == BIO_CB_RETURN', 'operationType & BIO_CB_RETURN')],
  ['is there twice', dtls + dtls],
  ['is gone', ''],
])('the build stops when the line %s', (_how, source) => {
  expect(() => mendDtlsTransport(source)).toThrow(WorkerFailed)
  expect(() => mendDtlsTransport(source)).toThrow(mendedFile)
})

test('ninja is told every source once, the mended copy instead of the original, and odd folders in a way it understands', () => {
  const sources = ['src/main.cpp', mendedFile]
  const text = buildNinja({
    workerDir: '/a b/c:d/worker', standinsDir: "/it's/standins", buildDir: '/build/$x', sources,
    mended: new Map([[mendedFile, '/build/$x/DtlsTransport.cpp']]), abseil: ['strings'],
  })
  const compiled = text.split('\n').filter((line) => line.includes(': compile '))
  expect(compiled).toEqual([
    'build objects/0.o: compile /a$ b/c$:d/worker/src/main.cpp | precompiled.hpp.gch',
    'build objects/1.o: compile /build/$$x/DtlsTransport.cpp | precompiled.hpp.gch',
  ])
  expect(text).toContain(`-I'/it'\\''s/standins'`)
  expect(text).toContain(`-I'/build/$$x'`)
  expect(text).toContain('-labsl_strings')
  for (const define of ['MS_LITTLE_ENDIAN', 'MS_EXECUTABLE', 'FLATBUFFERS_LOCALE_INDEPENDENT=1']) expect(text).toContain(`-D${define}`)
})

test('flatc makes the headers as mediasoup’s own build does', () => {
  const theirs = readFileSync(join(workerDir, 'fbs/FBS/meson.build'), 'utf8')
  for (const word of flatcArguments('out', []).filter((argument) => argument.startsWith('--'))) expect(theirs).toContain(`'${word}'`)
})
