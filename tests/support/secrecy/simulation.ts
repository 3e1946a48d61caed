import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What a simulation is asked for. `folder` becomes the attacker's dump; `truth` must lie elsewhere. */
export interface Simulation {
  folder: string
  truth: string
  seed: number
  votes: number
  /** A copy of the data folder while each so-manyth vote is open. */
  backupEach: number
  /** A planted fault: the key folder within what a backup copies. */
  keysWithinData: boolean
}

export interface TrueBallot { voteId: string; personId: string; choice: string }

/** Runs the simulation of the product that stands in `root`; everything it prints goes into the dump too. */
export async function simulate(root: string, simulation: Simulation): Promise<TrueBallot[]> {
  const output = join(simulation.folder, 'output')
  await mkdir(output, { recursive: true })
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'tests/support/secrecy/simulate.main.ts', JSON.stringify(simulation)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await Promise.all([pipeline(child.stdout, createWriteStream(join(output, 'stdout'))), pipeline(child.stderr, createWriteStream(join(output, 'stderr')))])
  if ((await exit) !== 0) throw new Error(`the simulation failed: ${await readFile(join(output, 'stderr'), 'utf8')}`)
  return JSON.parse(await readFile(simulation.truth, 'utf8')) as TrueBallot[]
}
