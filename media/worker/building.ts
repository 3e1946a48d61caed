import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, freemem } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placeBeside, putInPlace } from './cache.ts'
import { CommandFailed, runCommand } from './command.ts'
import { WorkerFailed } from './failure.ts'
import { mendDtlsTransport, mendedFile } from './mend.ts'
import { abseilLibraries, buildNinja, precompiledHeader, flatcArguments } from './recipe.ts'
import { workerSources } from './sources.ts'
import { workerStarts } from './starting.ts'

export interface Building {
  /** mediasoup's npm package. */
  mediasoupDir: string
  /** Where the worker is wanted. */
  worker: string
  onProgress(done: number, total: number): void
  signal?: AbortSignal | undefined
  /** Others on this machine come first. */
  nice?: boolean
}

/** What ninja may take before it is given up; on two quiet cores it takes three minutes, on two busy ones thirteen were seen. */
const patience = 45 * 60_000

/**
 * Compiles the worker from the npm package's own sources against Debian's libraries, beside its place, and puts it there when it has been seen to start.
 * @throws WorkerFailed `sources`, `build` or `start`
 */
export async function buildWorker({ mediasoupDir, worker, onProgress, signal, nice = false }: Building): Promise<void> {
  const buildDir = await placeBeside(worker)
  try {
    const total = await prepare(buildDir, join(mediasoupDir, 'worker'), signal)
    onProgress(0, total)
    await runCommand('ninja', ['-j', String(jobs())], {
      cwd: buildDir, signal, nice, timeout: patience, env: { NINJA_STATUS: '[%f/%t] ' },
      onLine: (line) => {
        const [, done, of] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? []
        if (done && of) onProgress(Number(done), Number(of))
      },
    })
    const made = join(buildDir, basename(worker))
    const trouble = await workerStarts(made)
    if (trouble !== null) throw new WorkerFailed('start', trouble)
    await putInPlace(made, worker)
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof CommandFailed ? new WorkerFailed('build', error.message) : error
  } finally {
    await rm(buildDir, { recursive: true, force: true })
  }
}

/** Writes everything that ninja needs; the number of its steps. */
async function prepare(buildDir: string, workerDir: string, signal: AbortSignal | undefined): Promise<number> {
  const sources = workerSources(workerDir)
  const copy = join(buildDir, basename(mendedFile))
  await writeFile(copy, mendDtlsTransport(await readFile(join(workerDir, mendedFile), 'utf8')))
  const schemas = readdirSync(join(workerDir, 'fbs')).filter((name) => name.endsWith('.fbs')).map((name) => join(workerDir, 'fbs', name))
  await mkdir(join(buildDir, 'FBS'))
  await runCommand('flatc', flatcArguments(join(buildDir, 'FBS'), schemas), { signal, timeout: 60_000 })
  await writeFile(join(buildDir, 'precompiled.hpp'), precompiledHeader)
  await writeFile(join(buildDir, 'build.ninja'), buildNinja({
    workerDir, buildDir, sources, standinsDir: fileURLToPath(new URL('standins', import.meta.url)),
    mended: new Map([[mendedFile, copy]]), abseil: installedAbseil(),
  }))
  return sources.length + 2
}

function installedAbseil(): string[] {
  const folders = ['/usr/lib', ...readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu')).map((name) => join('/usr/lib', name))]
  return abseilLibraries.filter((name) => folders.some((folder) => existsSync(join(folder, `libabsl_${name}.so`))))
}

/** One compiler takes up to 0.7 GB: a small machine builds longer instead of swapping under the feet of a meeting. */
function jobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / 700_000_000)))
}
