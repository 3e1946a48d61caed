import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { tcvn3Letters } from '../../../../shared/vietnamese/tcvn3.ts'
import { vniLetters } from '../../../../shared/vietnamese/vni.ts'
import { officeKinds, type OfficeKind } from '../kinds.ts'
import { boxedCommand, limited } from './command.ts'
import type { OfficeInstallation } from './installed.ts'
import { writeProfile } from './profile.ts'
import { usageOf } from './watch.ts'

export interface OfficeLimits {
  /** Milliseconds of computing for one file, so that a busy hub does not refuse honest papers. */
  computing: number
  /** Milliseconds by the clock. */
  time: number
  /** Bytes. */
  memory: number
}

export const officeLimits: OfficeLimits = { computing: 45_000, time: 120_000, memory: 1_500_000_000 }

/** `failed`: LibreOffice could not, and lives; `ended`: it fell over; `tooHeavy`: it was stopped. */
export type Converted = 'done' | 'failed' | 'ended' | 'tooHeavy'

/** One LibreOffice with a profile of its own, which sees one file at a time. */
export interface OfficeProcess {
  /** Of the process that holds all others; for tests. */
  readonly pid: number
  /** Resolves when it is over, for whatever reason, and nothing is left of it. */
  readonly ended: Promise<void>
  /** Files it has been given. */
  readonly files: number
  /** Writes the PDF to `output`; only 'done' leaves the process fit for another file. */
  convert(file: { input: string; kind: OfficeKind; output: string }): Promise<Converted>
  end(): Promise<void>
}

const scripts = ['runner.py', 'old_letters.py']
const letters = JSON.stringify({ tcvn3: Object.fromEntries(tcvn3Letters), vni: Object.fromEntries(vniLetters) })
/** Comments, notes and form fields of the original stay in the original: the paper is what would be printed. */
const options = { ExportFormFields: false, ExportNotes: false, ExportBookmarks: true, UseTaggedPDF: true, IsAddStream: false }
const askUsageEvery = 200

/** Starts LibreOffice in a new folder within `folder`: `warm` to keep it, `cold` to have it started for each file by its own command. */
export async function startOffice({ folder: program, boxed }: OfficeInstallation, folder: string, limits: OfficeLimits, mode: 'warm' | 'cold'): Promise<OfficeProcess> {
  const work = await mkdtemp(join(folder, 'office-'))
  await writeProfile(work)
  for (const name of scripts) await copyFile(fileURLToPath(new URL(`./${name}`, import.meta.url)), join(work, name))
  await writeFile(join(work, 'letters.json'), letters)
  const inside = boxed ? '/work' : work
  const pipe = `giao-ban-${randomBytes(8).toString('hex')}`
  const command = limited(['/usr/bin/python3', '-I', `${inside}/runner.py`, program, inside, pipe, mode])
  const [first, ...args] = (boxed ? boxedCommand(work, program, command) : command) as [string, ...string[]]
  const child = spawn(first, args, {
    env: { PATH: '/usr/bin:/bin', HOME: inside, LANG: 'C.UTF-8', TMPDIR: `${inside}/tmp`, FONTCONFIG_FILE: `${inside}/fonts.conf`, SAL_USE_VCLPLUGIN: 'svp' },
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    // Outside the box there is nothing that ends a whole family at once, but its group.
    detached: true,
  })
  child.stdin.on('error', () => undefined)
  const answers = createInterface({ input: child.stdout })
  let answered: ((answer: { state: string }) => void) | null = null
  answers.on('line', line => answered?.(JSON.parse(line) as { state: string }))
  let over = false
  const ended = new Promise<void>(resolve => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  }).then(async () => {
    over = true
    await rm(work, { recursive: true, force: true, maxRetries: 3 })
  })
  const next = () => new Promise<{ state: string }>(resolve => { answered = resolve })
  const ready = next()
  let files = 0

  return {
    get pid() { return child.pid ?? 0 },
    get files() { return files },
    ended,
    async convert({ input, kind, output }) {
      if (over) return 'ended'
      const number = String(++files)
      const guard = watch(child, limits)
      try {
        const state = await Promise.race([ready.then(() => 'ready'), ended.then(() => 'ended')])
        if (state === 'ended') return guard.tripped() ? 'tooHeavy' : 'ended'
        const [source, result] = [join(work, 'files', `${number}.in`), join(work, 'files', `${number}.pdf`)]
        await copyFile(input, source, constants.COPYFILE_FICLONE)
        const answer = next()
        const { reads, program: writer } = officeKinds[kind]
        child.stdin.write(`${JSON.stringify({ input: `${inside}/files/${number}.in`, output: `${inside}/files/${number}.pdf`, reads, writes: `${writer}_pdf_Export`, options })}\n`)
        const outcome = await Promise.race([answer.then(({ state }) => state), ended.then(() => 'ended')])
        if (outcome === 'ended') return guard.tripped() ? 'tooHeavy' : 'ended'
        if (outcome !== 'done') return 'failed'
        await copyFile(result, output, constants.COPYFILE_FICLONE)
        await Promise.all([rm(source, { force: true }), rm(result, { force: true })])
        return 'done'
      } catch (error) {
        if (over) return 'ended'
        throw error
      } finally {
        guard.stop()
      }
    },
    async end() {
      killAll(child)
      await ended
    },
  }
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}

/** Ends the process when this file takes more than it was given. */
function watch(child: ChildProcess, { computing, time, memory }: OfficeLimits): { stop(): void; tripped(): boolean } {
  let tripped = false
  let before: number | null = null
  const trip = () => {
    tripped = true
    killAll(child)
  }
  const clock = setTimeout(trip, time)
  const meter = setInterval(async () => {
    const usage = await usageOf(child.pid ?? 0).catch(() => null)
    if (usage === null) return
    before ??= usage.computing
    if (usage.memory > memory || usage.computing - before > computing) trip()
  }, askUsageEvery)
  return {
    stop() {
      clearTimeout(clock)
      clearInterval(meter)
    },
    tripped: () => tripped,
  }
}
