import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const patience = 120_000

/** Milliseconds that a track's file holds, whole or torn off; 0 when it holds nothing. */
export async function lengthOf(ffprobe: string, path: string): Promise<number> {
  const answer = await run(ffprobe, ['-v', 'quiet', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', path], { timeout: patience, maxBuffer: 256_000_000 }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
  const last = answer.stdout.trimEnd().split('\n').at(-1)?.split(',').map(Number) ?? []
  const [at = NaN, long = NaN] = last
  return Number.isFinite(at) ? Math.round((at + (Number.isFinite(long) ? long : 0.02)) * 1000) : 0
}

export interface Probed { durationMs: number; streams: string[]; chapters: number }

/** What a player would find. @throws Error when it is no file that one opens */
export async function probe(ffprobe: string, path: string): Promise<Probed> {
  const { stdout } = await run(ffprobe, ['-v', 'error', '-show_entries', 'format=duration:stream=codec_name', '-show_chapters', '-of', 'json', path], { timeout: patience })
  const { format, streams = [], chapters = [] } = JSON.parse(stdout) as { format?: { duration?: string }; streams?: { codec_name?: string }[]; chapters?: unknown[] }
  return { durationMs: Math.round(Number(format?.duration ?? 0) * 1000), streams: streams.flatMap(({ codec_name: name }) => name ?? []).sort(), chapters: chapters.length }
}
