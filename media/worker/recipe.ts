import { join } from 'node:path'

export interface Recipe {
  /** mediasoup's `worker` folder. */
  workerDir: string
  /** Our stand-in headers. */
  standinsDir: string
  /** Where everything is made; holds `FBS/`, `precompiled.hpp` and what is named in `mended`. */
  buildDir: string
  /** Within `workerDir`. */
  sources: readonly string[]
  /** Sources of which a mended copy is compiled: the name in `sources` → the copy's path. */
  mended: ReadonlyMap<string, string>
  /** Debian's Abseil libraries that are there, without `lib` and `.so`. */
  abseil: readonly string[]
}

/** Read by nearly every file; compiled once. A third of the time of the whole build is left with it. */
export const precompiledHeader = [
  'algorithm', 'array', 'cmath', 'cstring', 'deque', 'functional', 'limits', 'list', 'map', 'memory', 'optional', 'ostream', 'set', 'span', 'sstream',
  'string', 'string_view', 'unordered_map', 'unordered_set', 'utility', 'vector', 'uv.h', 'openssl/ssl.h', 'flatbuffers/flatbuffers.h',
  'FBS/message.h', 'FBS/request.h', 'FBS/response.h', 'FBS/notification.h', 'FBS/transport.h', 'FBS/worker.h',
].map((name) => `#include <${name}>\n`).join('')

/** Abseil's libraries that the worker can need; which there are depends on Abseil's version. */
export const abseilLibraries = [
  'strings', 'strings_internal', 'string_view', 'bad_optional_access', 'int128', 'throw_delegate', 'raw_logging_internal', 'log_severity', 'base', 'spinlock_wait',
]

const defines = ['MS_LITTLE_ENDIAN', 'MS_EXECUTABLE', 'FLATBUFFERS_LOCALE_INDEPENDENT=1', 'NDEBUG', '_FORTIFY_SOURCE=2']

/** Arguments of flatc for the headers that the worker shares with mediasoup's Node side. */
export function flatcArguments(outDir: string, schemas: readonly string[]): string[] {
  return ['--cpp', '--cpp-field-case-style', 'lower', '--reflect-names', '--scoped-enums', '--filename-suffix', '', '-o', outDir, ...schemas]
}

/** The build as ninja reads it: one precompiled header, one object for each source, one program. */
export function buildNinja({ workerDir, standinsDir, buildDir, sources, mended, abseil }: Recipe): string {
  const includes = [buildDir, standinsDir, join(workerDir, 'include'), join(workerDir, 'deps/libwebrtc'), join(workerDir, 'deps/libwebrtc/libwebrtc')]
  const flags = ['-std=c++20', '-O2', '-w', '-pthread', '-fPIE', '-fstack-protector-strong', ...defines.map((name) => `-D${name}`), ...includes.map((folder) => `-I${shell(folder)}`)]
  const libraries = ['uv', 'ssl', 'crypto', 'srtp2', 'flatbuffers', ...abseil.map((name) => `absl_${name}`)].map((name) => `-l${name}`)
  const objects = sources.map((_file, at) => `objects/${at}.o`)
  return [
    `flags = ${value(flags.join(' '))}`,
    `libraries = ${libraries.join(' ')}`,
    'rule header', '  command = g++ $flags -x c++-header $in -o $out', '  description = $in',
    'rule compile', '  command = g++ $flags -Winvalid-pch -include precompiled.hpp -c $in -o $out', '  description = $in',
    'rule link', '  command = g++ -pthread -pie -Wl,-z,relro,-z,now -Wl,--as-needed @$out.rsp $libraries -o $out', '  rspfile = $out.rsp', '  rspfile_content = $in', '  description = $out',
    'build precompiled.hpp.gch: header precompiled.hpp',
    ...sources.map((file, at) => `build ${objects[at]}: compile ${path(mended.get(file) ?? join(workerDir, file))} | precompiled.hpp.gch`),
    `build mediasoup-worker: link ${objects.join(' ')}`,
    'default mediasoup-worker', '',
  ].join('\n')
}

const value = (text: string) => text.replaceAll('$', '$$$$')
const path = (text: string) => text.replace(/[$ :]/g, (letter) => `$${letter}`)
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
