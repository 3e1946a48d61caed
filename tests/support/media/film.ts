import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Film {
  seconds: number
  streams: string[]
  chapters: { from: number; to: number; title: string }[]
}

/** What ffprobe finds. */
export async function filmOf(path: string): Promise<Film> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration:stream=codec_name', '-show_chapters', '-of', 'json', path])
  const { format, streams, chapters } = JSON.parse(stdout) as { format: { duration: string }; streams: { codec_name: string }[]; chapters: { start_time: string; end_time: string; tags: { title: string } }[] }
  return {
    seconds: Number(format.duration), streams: streams.map(({ codec_name }) => codec_name).sort(),
    chapters: chapters.map(({ start_time, end_time, tags }) => ({ from: Number(start_time), to: Number(end_time), title: tags.title })),
  }
}

/** Everything that a decoder finds wrong from beginning to end; '' when it plays through. */
export async function faultsOf(path: string): Promise<string> {
  const { stderr } = await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-xerror', '-i', path, '-f', 'null', '-'])
  return stderr.trim()
}

/** The mean colour of each tenth of a second. */
export async function colours(path: string): Promise<{ at: number; red: number; green: number; blue: number }[]> {
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-i', path, '-vf', 'fps=10,scale=1:1:flags=area,format=rgb24', '-f', 'rawvideo', '-'], { encoding: 'buffer', maxBuffer: 64_000_000 })
  return Array.from({ length: Math.floor(stdout.length / 3) }, (_none, index) => ({ at: index / 10, red: stdout[index * 3] ?? 0, green: stdout[index * 3 + 1] ?? 0, blue: stdout[index * 3 + 2] ?? 0 }))
}

/** How loud each tenth of a second is, and how often it goes up and down in it (hertz). */
export async function sounds(path: string): Promise<{ at: number; loudness: number; hertz: number }[]> {
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-i', path, '-ac', '1', '-ar', '8000', '-f', 's16le', '-'], { encoding: 'buffer', maxBuffer: 256_000_000 })
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 2))
  return Array.from({ length: Math.floor(samples.length / 800) }, (_none, index) => {
    const part = samples.subarray(index * 800, index * 800 + 800)
    let [power, crossings] = [0, 0]
    for (const [at, sample] of part.entries()) {
      power += sample * sample
      if (at > 0 && (part[at - 1] ?? 0) < 0 && sample >= 0) crossings += 1
    }
    return { at: index / 10, loudness: Math.sqrt(power / 800), hertz: crossings * 10 }
  })
}
