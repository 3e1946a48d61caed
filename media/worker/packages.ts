import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What the build needs, by what it looks for: a program, or a header file. Debian's package that brings it. */
const needed = [
  ['g++', { program: 'g++' }],
  ['ninja-build', { program: 'ninja' }],
  ['libuv1-dev', { header: 'uv.h' }],
  ['libssl-dev', { header: 'openssl/ssl.h' }],
  ['libsrtp2-dev', { header: 'srtp2/srtp.h' }],
  ['libflatbuffers-dev', { header: 'flatbuffers/flatbuffers.h' }],
  ['flatbuffers-compiler', { program: 'flatc' }],
  ['libabsl-dev', { header: 'absl/types/optional.h' }],
] as const

/** Debian packages the build needs, in the order in which they are named to people. */
export const buildPackages: readonly string[] = needed.map(([name]) => name)

export interface Looking { program(name: string): boolean; header(name: string): boolean }

/** Those that are missing here. */
export function missingPackages({ program, header }: Looking = here): string[] {
  return needed.filter(([, by]) => !('program' in by ? program(by.program) : header(by.header))).map(([name]) => name)
}

const here: Looking = {
  program: (name) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && isProgram(join(folder, name))),
  header: (name) => ['/usr/include', '/usr/local/include'].some((folder) => existsSync(join(folder, name))),
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** True where `installPackages` may be tried: as root on Debian or what descends from it. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && here.program('apt-get')
}
