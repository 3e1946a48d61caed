/**
 * FerretDB 1.24 with its SQLite backend: an independent server that speaks MongoDB's wire protocol and keeps what it is
 * given. Built with Go from the module proxy once per version.
 */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'
import { runCommand } from './command.ts'
import { serve, type Served } from './serve.ts'

const VERSION = 'v1.24.2'
const MODULE = 'github.com/FerretDB/FerretDB'
/** Packages that go lists while it builds; only for the percentage. */
const PACKAGES = 590

export const FERRETDB = 'FerretDB 1.24'

/** The path of the program, built if it must be. @throws Error with what was tried */
export async function ferretProgram(say: (line: string) => void): Promise<string> {
  const folder = cacheFolder(`ferretdb-${VERSION}`)
  const program = join(folder, 'ferretdb')
  if (existsSync(program)) return program

  const work = mkdtempSync(join(tmpdir(), 'giao-ban-ferretdb-'))
  try {
    say(`Building ${FERRETDB} for the contract tests, once (1 to 5 minutes) …`)
    const answer = await runCommand('go', ['mod', 'download', '-json', `${MODULE}@${VERSION}`], { cwd: work, timeout: 120_000 })
    const source = join(work, 'source')
    cpSync((JSON.parse(answer) as { Dir: string }).Dir, source, { recursive: true })
    await runCommand('chmod', ['-R', 'u+w', source], { timeout: 10_000 })
    // The module comes without the file that says its version, and the program will not start without it.
    writeFileSync(join(source, 'build', 'version', 'version.txt'), `${VERSION}\n`)
    const made = join(work, 'ferretdb')
    const build = ['build', '-v', '-trimpath', '-buildvcs=false', '-tags', 'ferretdb_no_postgresql', '-o', made, './cmd/ferretdb']
    await runCommand('go', build, { cwd: source, env: { CGO_ENABLED: '0' }, timeout: 900_000, onLine: progress(say) })
    cpSync(made, `${program}.${process.pid}`)
    renameSync(`${program}.${process.pid}`, program)
    return program
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function progress(say: (line: string) => void): (line: string) => void {
  let packages = 0
  return () => {
    packages++
    if (packages % 100 === 0) say(`  … ${Math.min(99, Math.round((packages / PACKAGES) * 100))} %`)
  }
}

/** Starts it on `folder` (which outlives it) and a free port. */
export function startFerret(program: string, folder: string): Promise<Served> {
  const args = [
    '--handler=sqlite', `--sqlite-url=file:${folder}/`, '--listen-addr=127.0.0.1:0', '--debug-addr=-', '--telemetry=disable',
    '--log-level=info', `--state-dir=${folder}`,
  ]
  // One connection: its updates are a read and then a write, which is not atomic between connections as MongoDB's are.
  return serve(program, args, /Listening on TCP 127\.0\.0\.1:(\d+)/, port => `mongodb://127.0.0.1:${port}/giaoban?maxPoolSize=1`)
}
