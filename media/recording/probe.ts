import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { run } from './program.ts'

const ask = promisify(execFile)
const patience = 120_000

/** Milliseconds that a track's file holds, whole or torn off; 0 when it holds nothing. */
export async function lengthOf(ffprobe: string, path: string): Promise<number> {
  // A file that was torn off has no length in its header; its packets tell, of which hours hold hundreds of thousands.
  let last = ''
  const { child, gone } = run(ffprobe, ['-v', 'quiet', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', path], { cwd: dirname(path), nice: 19, onLine: (line) => { if (line !== '') last = line } })
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  await gone
  clearTimeout(late)
  const [at = NaN, long = NaN] = last === '' ? [] : last.split(',').map(Number)
  return Number.isFinite(at) ? Math.round((at + (Number.isFinite(long) ? long : 0.02)) * 1000) : 0
}

export interface Probed { durationMs: number; streams: string[]; chapters: number }

/** What a player would find. @throws Error when it is no file that one opens */
export async function probe(ffprobe: string, path: string): Promise<Probed> {
  const { stdout } = await ask(ffprobe, ['-v', 'error', '-show_entries', 'format=duration:stream=codec_name', '-show_chapters', '-of', 'json', path], { timeout: patience })
  const { format, streams = [], chapters = [] } = JSON.parse(stdout) as { format?: { duration?: string }; streams?: { codec_name?: string }[]; chapters?: unknown[] }
  return { durationMs: Math.round(Number(format?.duration ?? 0) * 1000), streams: streams.flatMap(({ codec_name: name }) => name ?? []).sort(), chapters: chapters.length }
}
