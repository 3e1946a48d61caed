import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { finishedName, type FinishFailure, type FinishOrder, type FinishOutcome } from '../../shared/media/recording.ts'
import { freeGigabytes, reservedGb } from './disk.ts'
import { editList, framesPerSecond, type EditList } from './edit-list.ts'
import { chapterFile, joinWords, sceneList, sceneName, sceneWords } from './joining.ts'
import { journalName, readJournal, type JournalLine } from './journal.ts'
import { lengthOf, probe } from './probe.ts'
import { run, type Program } from './program.ts'

export interface FinishParts {
  folder: string
  programs: { ffmpeg: string; ffprobe: string }
  signal: AbortSignal
  /** 0 to 1. */
  onProgress(done: number): void
}

/** Everything else on this machine comes first. */
const nice = 19
/** What was to come of it and what came of it may differ by so much. */
const toleranceMs = 500

/** Longer than a recorder needs for the ends of its files, and than a media process goes on without its hub. */
const endsWithin = 8_000

class Failed extends Error {
  readonly reason: FinishFailure
  constructor(reason: FinishFailure, detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** Makes one file of what a recorder has left, however it ended. What it is made of goes only when the file has stood the test. Never rejects. */
export async function finish(order: FinishOrder, parts: FinishParts): Promise<FinishOutcome> {
  const { folder } = parts
  const pieces = join(folder, 'pieces')
  try {
    const there = await finishedThere(order, parts)
    if (there) return there
    await endLeftOver(await endedJournal(folder))
    const lines = await readJournal(join(folder, journalName))
    const list = editList(lines, await lengths(lines, parts), order)
    if (list.frames === 0) throw new Failed('nothingRecorded', 'no track holds anything')
    await rm(pieces, { recursive: true, force: true })
    await mkdir(pieces, { mode: 0o700 })
    await makePieces(order, list, pieces, parts)
    const outcome = await test(list, join(pieces, finishedName), parts)
    await rename(join(pieces, finishedName), join(folder, finishedName))
    await sweep(folder, finishedName)
    return outcome
  } catch (error) {
    await rm(pieces, { recursive: true, force: true }).catch(() => {})
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC'
    return { ok: false, reason: full ? 'noRoom' : error instanceof Failed ? error.reason : 'failed', detail: (error as Error).message.slice(-500) }
  }
}

/** It was finished before, and whoever asked did not live to hear it. */
async function finishedThere(_order: FinishOrder, { folder, programs }: FinishParts): Promise<FinishOutcome | null> {
  const path = join(folder, finishedName)
  const known = await stat(path).catch(() => null)
  if (!known) return null
  const { durationMs } = await probe(programs.ffprobe, path)
  await sweep(folder, finishedName)
  return { ok: true, bytes: known.size, durationMs }
}

/** A recorder in another process is heard of by its journal alone: it ends a moment after it was told to, or it was killed and never will. */
async function endedJournal(folder: string): Promise<JournalLine[]> {
  for (const began = performance.now(); ; await pause(100)) {
    const lines = await readJournal(join(folder, journalName)).catch(() => { throw new Failed('nothingRecorded', 'there is no journal') })
    const last = lines.findLast((line) => line.kind === 'running')
    if (!last?.on || performance.now() - began > endsWithin) return lines
  }
}

/** Whoever still writes (the hub was killed, they were not) ends now; only processes that write into this very recording. */
async function endLeftOver(lines: readonly JournalLine[]): Promise<void> {
  const left = lines.flatMap((line) => (line.kind === 'track' && !lines.some((one) => one.kind === 'ended' && one.file === line.file) ? [line] : []))
  for (const { pid, file } of left) {
    const writes = async () => pid > 0 && (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(file)
    for (const [signal, patience] of [['SIGINT', 3_000], ['SIGKILL', 1_000]] as const) {
      if (!(await writes())) break
      try {
        process.kill(pid, signal)
      } catch {
        break
      }
      for (const began = performance.now(); performance.now() - began < patience && await writes();) await pause(50)
    }
  }
}

async function lengths(lines: readonly JournalLine[], { folder, programs }: FinishParts): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const line of lines) if (line.kind === 'track') found[line.file] = await lengthOf(programs.ffprobe, join(folder, line.file))
  return found
}

async function makePieces(order: FinishOrder, list: EditList, pieces: string, parts: FinishParts): Promise<void> {
  const { onProgress, programs, signal } = parts
  for (const [index, scene] of list.scenes.entries()) {
    if (await freeGigabytes(pieces) < reservedGb) throw new Failed('noRoom', 'the disk is full')
    const here = { ...scene, main: scene.main && inFolder(scene.main), inset: scene.inset && inFolder(scene.inset), voices: scene.voices.map(inFolder) }
    await done(run(programs.ffmpeg, sceneWords(here, sceneName(index)), { cwd: pieces, nice }), signal)
    onProgress(((scene.fromFrame + scene.frames) / list.frames) * 0.95)
  }
  await writeFile(join(pieces, 'scenes.txt'), sceneList(list.scenes))
  await writeFile(join(pieces, 'chapters.txt'), chapterFile(order.title, list.chapters))
  await done(run(programs.ffmpeg, joinWords('scenes.txt', 'chapters.txt', finishedName), { cwd: pieces, nice }), signal)
  const file = await open(join(pieces, finishedName), 'r+')
  await file.sync().finally(() => file.close())
}

const inFolder = <T extends { file: string }>(cut: T): T => ({ ...cut, file: `../${cut.file}` })

async function done({ child, gone, said }: Program, signal: AbortSignal): Promise<void> {
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const { code } = await gone
  signal.removeEventListener('abort', stop)
  if (signal.aborted) throw new Failed('failed', 'it was broken off')
  if (code !== 0) throw new Failed(/No space left/.test(said()) ? 'noRoom' : 'failed', said() || `ffmpeg ended with ${code}`)
}

async function test(list: EditList, path: string, { programs, onProgress }: FinishParts): Promise<FinishOutcome> {
  const found = await probe(programs.ffprobe, path).catch((error: Error) => { throw new Failed('notWhole', error.message) })
  const dueMs = (list.frames / framesPerSecond) * 1000
  const wrong = [
    ...(Math.abs(found.durationMs - dueMs) > toleranceMs ? [`it lasts ${found.durationMs} ms instead of ${dueMs}`] : []),
    ...(found.streams.filter((name) => name === 'h264' || name === 'aac').join(' ') === 'aac h264' ? [] : [`it holds ${found.streams.join(', ')}`]),
    ...(found.chapters === list.chapters.length ? [] : [`it has ${found.chapters} chapters instead of ${list.chapters.length}`]),
  ]
  if (wrong.length > 0) throw new Failed('notWhole', wrong.join('; '))
  onProgress(1)
  return { ok: true, bytes: (await stat(path)).size, durationMs: found.durationMs }
}

async function sweep(folder: string, except: string): Promise<void> {
  for (const name of await readdir(folder)) if (name !== except) await rm(join(folder, name), { recursive: true, force: true })
}
