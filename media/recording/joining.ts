import type { EditList, Scene } from './edit-list.ts'
import { framesPerSecond } from './edit-list.ts'

/** The file's picture; what is smaller or of another shape stands in its middle. */
const [width, height] = [1280, 720]
const insetWidth = 320
const ground = '0x1c1a17'
const sampleRate = 48_000
/** So much before a cut is read too: a picture that began before it, a voice's decoder that has to find its feet. */
const leadSeconds = 0.4

/** The words for ffmpeg that make one scene of the file: a picture of the same size and rate throughout, and all voices. Nobody to be seen: an empty stage. */
export function sceneWords({ frames, main, inset, voices }: Scene, out: string): string[] {
  const seconds = frames / framesPerSecond
  const inputs: string[] = []
  const filters = [`color=c=${ground}:s=${width}x${height}:r=${framesPerSecond}:d=${seconds.toFixed(3)}[ground]`, `anullsrc=r=${sampleRate}:cl=mono,atrim=duration=${seconds.toFixed(3)}[hush]`]
  let at = 0
  /** The lead that was to be had. */
  const take = (file: string, atMs: number, more: string[] = []): number => {
    const from = Math.max(0, atMs / 1000)
    const lead = Math.min(from, leadSeconds)
    inputs.push(...more, '-ss', (from - lead).toFixed(3), '-i', file)
    at += 1
    return lead
  }
  let picture = 'ground'
  for (const [name, cut, scale, place] of [
    ['main', main, `${width}:${height}`, '(W-w)/2:(H-h)/2'],
    ['inset', inset, `${insetWidth}:${insetWidth * 9 / 16}`, 'W-w-24:H-h-24'],
  ] as const) {
    if (!cut) continue
    // A picture changes its size with its line; rebuilding everything for it would begin the scene anew.
    const lead = take(cut.file, cut.atMs, ['-reinit_filter', '0'])
    filters.push(`[${at - 1}:v]setpts=PTS-${lead.toFixed(3)}/TB,scale=${scale}:force_original_aspect_ratio=decrease,fps=${framesPerSecond}:start_time=0[${name}]`)
    filters.push(`[${picture}][${name}]overlay=${place}:eof_action=repeat[on-${name}]`)
    picture = `on-${name}`
  }
  const heard = voices.map(({ file, atMs }, index) => {
    const lead = take(file, atMs)
    const late = Math.max(0, Math.round(-atMs))
    // What was lost on the way is silence, not a shorter speech.
    filters.push(`[${at - 1}:a]aresample=${sampleRate}:async=1:min_hard_comp=0.03:first_pts=0,aformat=channel_layouts=mono,atrim=start=${lead.toFixed(3)},asetpts=PTS-STARTPTS,adelay=${late}:all=1[voice${index}]`)
    return `[voice${index}]`
  })
  filters.push(heard.length === 0 ? '[hush]anull[sound]' : `[hush]${heard.join('')}amix=inputs=${heard.length + 1}:duration=first:normalize=0,alimiter=limit=0.95:level=0[sound]`)
  return [
    '-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...inputs, '-filter_complex', filters.join(';'), '-map', `[${picture}]`, '-map', '[sound]',
    // Without pictures that point forward, pieces join without a seam.
    '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '25', '-pix_fmt', 'yuv420p', '-profile:v', 'high', '-bf', '0', '-g', '100', '-frames:v', String(frames),
    '-c:a', 'pcm_s16le', '-ar', String(sampleRate), '-ac', '1', '-video_track_timescale', String(framesPerSecond * 1000), '-f', 'mov', out,
  ]
}

/** The words that join the scenes and give them their chapters. */
export function joinWords(list: string, chapters: string, out: string): string[] {
  return [
    '-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-f', 'concat', '-safe', '0', '-i', list, '-i', chapters, '-map', '0:v', '-map', '0:a', '-map_metadata', '1', '-map_chapters', '1',
    '-c:v', 'copy', '-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-f', 'mp4', out,
  ]
}

export function sceneList(scenes: readonly Scene[]): string {
  return scenes.map(({ frames }, index) => `file '${sceneName(index)}'\nduration ${(frames / framesPerSecond).toFixed(3)}\n`).join('')
}

export const sceneName = (index: number) => `scene-${index}.mov`

/** ffmpeg's own format of titles and chapters. */
export function chapterFile(title: string, chapters: EditList['chapters']): string {
  const escaped = (text: string) => text.replace(/[\r\n]+/g, ' ').replace(/[=;#\\]/g, (sign) => `\\${sign}`)
  return [';FFMETADATA1', `title=${escaped(title)}`, ...chapters.flatMap(({ fromMs, toMs, title: of }) => ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${fromMs}`, `END=${toMs}`, `title=${escaped(of)}`]), ''].join('\n')
}
