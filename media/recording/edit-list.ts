import type { FinishOrder } from '../../shared/media/recording.ts'
import type { JournalLine } from './journal.ts'
import { tracksOf, positionIn, type Track } from './tracks.ts'

/** A part of the file in which the same pictures are seen. Frames are those of the file. */
export interface Scene {
  fromFrame: number
  frames: number
  /** Null: nobody was to be seen. */
  main: Cut | null
  inset: Cut | null
  /** All that could be heard; a negative `atMs`: it begins so much later. */
  voices: Cut[]
}
/** Where in a track a scene begins. */
export interface Cut { file: string; atMs: number }

export interface EditList {
  frames: number
  scenes: Scene[]
  chapters: { fromMs: number; toMs: number; title: string }[]
}

export const framesPerSecond = 25
const frameMs = 1000 / framesPerSecond
/** A picture stands still so long where the next one is not there yet, or none comes any more. */
export const holdMs = 5_000
/** Longer ones are cut: at each beginning sound and picture are set anew, by the hub's clock. */
const longestSceneMs = 10 * 60_000
const leastChapterMs = 1_000

interface Span { from: number; to: number; startsAtMs: number }

/** From what was written down to what is cut together. `lengths`: milliseconds that each track's file holds; files that are not named hold nothing. */
export function editList(lines: readonly JournalLine[], lengths: Readonly<Record<string, number>>, { title, chapters }: Pick<FinishOrder, 'title' | 'chapters'>): EditList {
  const tracks = tracksOf(lines, lengths)
  const spans = spansOf(lines, tracks)
  const scenes = spans.flatMap((span) => scenesOf(span, lines, tracks))
  const last = scenes.at(-1)
  const frames = last ? last.fromFrame + last.frames : 0
  return { frames, scenes, chapters: chaptersOf(spans, frames * frameMs, title, chapters) }
}

/** When something was written down. Whoever was killed could not write when; then what lies there tells. */
function spansOf(lines: readonly JournalLine[], tracks: readonly Track[]): Span[] {
  const spans: Span[] = []
  let startsAtMs = 0
  const add = (from: number, to: number) => {
    if (to <= from) return
    spans.push({ from, to, startsAtMs })
    startsAtMs += to - from
  }
  let from: number | null = null
  for (const [index, line] of lines.entries()) {
    if (line.kind !== 'running') continue
    if (from !== null) {
      const known = Math.max(lines[index - 1]?.at ?? from, ...tracks.filter(({ startedAt }) => startedAt >= (from as number) && startedAt < line.at).map(endOf))
      add(from, line.on ? Math.min(known, line.at) : line.at)
    }
    from = line.on ? line.at : null
  }
  if (from !== null) add(from, Math.max(...lines.slice(-1).map(({ at }) => at), ...tracks.filter(({ startedAt }) => startedAt >= (from as number)).map(endOf)))
  return spans
}

const endOf = ({ startedAt, lengthMs }: Track) => startedAt + lengthMs

function scenesOf(span: Span, lines: readonly JournalLine[], tracks: readonly Track[]): Scene[] {
  const shown = lines.filter((line) => line.kind === 'shown' && line.at >= span.from - 1 && line.at < span.to) as Extract<JournalLine, { kind: 'shown' }>[]
  const here = tracks.filter(({ startedAt }) => startedAt >= span.from - 1 && startedAt < span.to)
  const pictures = here.filter(({ voice }) => !voice)
  const cuts = [span.from, ...shown.flatMap(({ at }) => [at, at + holdMs]), ...pictures.flatMap((track) => [track.startedAt, endOf(track) + holdMs])]
    .filter((at) => at >= span.from && at < span.to).sort((a, b) => a - b)
  const frameOf = (at: number) => Math.round((span.startsAtMs + at - span.from) / frameMs)
  const scenes: (Scene & { key: string })[] = []
  for (const [index, cut] of cuts.entries()) {
    const end = frameOf(cuts[index + 1] ?? span.to)
    for (let fromFrame = frameOf(cut); fromFrame < end;) {
      const at = span.from + fromFrame * frameMs - span.startsAtMs
      const [main, inset] = seenAt(cut, shown, pictures)
      const key = `${main?.file ?? ''} ${inset?.file ?? ''}`
      const before = scenes.at(-1)
      const most = longestSceneMs / frameMs
      if (before && before.key === key && before.frames < most && before.fromFrame + before.frames === fromFrame) {
        const more = Math.min(end - fromFrame, most - before.frames)
        before.frames += more
        fromFrame += more
        continue
      }
      const frames = Math.min(end - fromFrame, most)
      const pick = (track: Track | null): Cut | null => track && { file: track.file, atMs: Math.max(0, positionIn(track, at)) }
      scenes.push({ fromFrame, frames, main: pick(main), inset: pick(inset), voices: [], key })
      fromFrame += frames
    }
  }
  return scenes.map(({ key: _key, ...scene }) => {
    const from = span.from + scene.fromFrame * frameMs - span.startsAtMs
    const to = from + scene.frames * frameMs
    const heard = here.filter((track) => track.voice && track.startedAt < to && endOf(track) > from)
    return { ...scene, voices: heard.map((track) => ({ file: track.file, atMs: positionIn(track, from) })) }
  })
}

/** Large and small. While there is nothing to be seen, or it has not begun, what was seen before stands still, for a moment. */
function seenAt(at: number, shown: readonly { at: number; main: string | null; inset: string | null }[], pictures: readonly Track[]): [Track | null, Track | null] {
  const upTo = shown.filter((one) => one.at <= at)
  const now = upTo.at(-1)
  if (!now) return [null, null]
  const find = (producerId: string | null) => (producerId === null ? null : pictures.filter((track) => track.producerId === producerId && track.startedAt <= at).at(-1) ?? null)
  const fresh = (track: Track | null) => (track && at < endOf(track) + holdMs ? track : null)
  const main = fresh(find(now.main))
  if (main) return [main, fresh(find(now.inset))]
  const last = upTo.findLastIndex((one) => one.main !== null && one.main !== now.main)
  const before = upTo[last]
  const over = upTo[last + 1]?.at ?? at
  return [before && at < over + holdMs ? fresh(find(before.main)) : null, null]
}

function chaptersOf(spans: readonly Span[], totalMs: number, title: string, marks: FinishOrder['chapters']): EditList['chapters'] {
  const place = (at: number) => {
    const span = spans.find(({ to }) => at < to)
    return span ? span.startsAtMs + Math.max(0, at - span.from) : totalMs
  }
  const begins = [{ fromMs: 0, title }, ...marks.map(({ at, title: of }) => ({ fromMs: Math.round(place(at)), title: of }))]
  const kept: { fromMs: number; title: string }[] = []
  for (const one of begins) {
    if (one.fromMs > 0 && totalMs - one.fromMs < leastChapterMs) continue
    const before = kept.at(-1)
    // Of those that begin at the same place the last one was on.
    if (before && one.fromMs - before.fromMs < leastChapterMs) before.title = one.title
    else kept.push(one)
  }
  return kept.map(({ fromMs, title: of }, index) => ({ fromMs, toMs: kept[index + 1]?.fromMs ?? Math.round(totalMs), title: of }))
}
