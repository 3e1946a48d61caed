import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editList, framesPerSecond, holdMs } from '../../../media/recording/edit-list.ts'
import { chapterFile, sceneList, sceneWords } from '../../../media/recording/joining.ts'
import { parseJournal, type JournalLine } from '../../../media/recording/journal.ts'
import { sessionDescription } from '../../../media/recording/sdp.ts'

const t0 = 1_795_000_000_000
const on: JournalLine = { kind: 'running', at: t0, on: true }
const off = (at: number): JournalLine => ({ kind: 'running', at: t0 + at, on: false })
const shown = (at: number, main: string | null, inset: string | null = null): JournalLine => ({ kind: 'shown', at: t0 + at, main, inset })
const track = (at: number, producerId: string, source: 'camera' | 'microphone' | 'screen' = 'camera', name = `${producerId}.mkv`): JournalLine[] =>
  [{ kind: 'track', at: t0 + at, file: name, producerId, source, pid: 1 }, { kind: 'began', at: t0 + at, file: name }]
const named = { title: 'Giao ban', chapters: [] }

test('one after the other on stage become scenes without a gap; what has not begun is bridged by what was seen before', () => {
  const lines = [on, shown(0, 'a'), ...track(0, 'a'), ...track(200, 'va', 'microphone'), shown(4_000, 'b'), ...track(4_400, 'b'), off(10_000)]
  const { scenes, frames } = editList(lines, { 'a.mkv': 4_000, 'va.mkv': 9_800, 'b.mkv': 5_600 }, named)
  expect(frames).toBe(250)
  expect(scenes.map(({ fromFrame, frames: long, main, voices }) => [fromFrame, long, main?.file, voices[0]?.atMs])).toEqual([[0, 110, 'a.mkv', -200], [110, 140, 'b.mkv', 4_200]])
  expect(scenes[1]?.main?.atMs).toBe(0)
})

test('a screen is large and its speaker small; a voice is heard whoever is seen', () => {
  const lines = [on, shown(0, 's', 'a'), ...track(0, 's', 'screen'), ...track(0, 'a'), ...track(0, 'v', 'microphone'), off(2_000)]
  const { scenes } = editList(lines, { 's.mkv': 2_000, 'a.mkv': 2_000, 'v.mkv': 2_000 }, named)
  expect(scenes).toEqual([{ fromFrame: 0, frames: 50, main: { file: 's.mkv', atMs: 0 }, inset: { file: 'a.mkv', atMs: 0 }, voices: [{ file: 'v.mkv', atMs: 0 }] }])
})

test('a killed recorder’s picture stands still until the next file begins, and after a while not even that', () => {
  const lines = [on, shown(0, 'a'), ...track(0, 'a'), ...track(5_000, 'a', 'camera', 'a2.mkv'), off(20_000)]
  const { scenes } = editList(lines, { 'a.mkv': 3_000, 'a2.mkv': 2_000 }, named)
  expect(scenes.map(({ frames, main }) => [frames, main?.file])).toEqual([[125, 'a.mkv'], [(2_000 + holdMs) / 40, 'a2.mkv'], [200, undefined]])
})

test('what was killed ends where its files end; what was paused is left out, and its chapters with it', () => {
  const lines = [on, shown(0, 'a'), ...track(0, 'a'), off(4_000), { ...on, at: t0 + 60_000 }, shown(60_000, 'b'), ...track(60_000, 'b')]
  const marks = [{ at: t0 - 5_000, title: 'Một' }, { at: t0 + 10_000, title: 'Trong lúc tạm dừng' }, { at: t0 + 59_000, title: 'Hai' }, { at: t0 + 63_000, title: 'Ba' }, { at: t0 + 90_000, title: 'Sau cùng' }]
  const { frames, chapters } = editList(lines, { 'a.mkv': 4_000, 'b.mkv': 6_000 }, { title: 'Giao ban', chapters: marks })
  expect(frames).toBe(10 * framesPerSecond)
  expect(chapters).toEqual([{ fromMs: 0, toMs: 4_000, title: 'Một' }, { fromMs: 4_000, toMs: 7_000, title: 'Hai' }, { fromMs: 7_000, toMs: 10_000, title: 'Ba' }])
})

test('a sender’s clock that goes wrong does not part sound and picture', () => {
  const clock: JournalLine = { kind: 'clock', at: t0 + 3_600_000, file: 'v.mkv', mediaMs: 3_600_720 }
  const lines = [on, ...track(0, 'v', 'microphone'), clock, off(3_600_000)]
  const { scenes } = editList(lines, { 'v.mkv': 3_600_720 }, named)
  expect(Math.round(scenes.at(-1)?.voices[0]?.atMs ?? 0)).toBe(3_000_600)
})

test('whatever is written down, scenes follow one another without gap or overlap, and chapters cover all of it', () => {
  const event = fc.record({ at: fc.nat(60_000), what: fc.constantFrom('main', 'none', 'track', 'voice', 'off', 'on'), id: fc.constantFrom('a', 'b', 'c'), length: fc.nat(30_000) })
  fc.assert(fc.property(fc.array(event, { maxLength: 30 }), fc.array(fc.nat(70_000), { maxLength: 5 }), (events, marks) => {
    const lengths: Record<string, number> = {}
    const lines: JournalLine[] = [on, ...events.sort((a, b) => a.at - b.at).flatMap(({ at, what, id, length }, index): JournalLine[] => {
      if (what === 'on' || what === 'off') return [{ kind: 'running', at: t0 + at, on: what === 'on' }]
      if (what === 'main' || what === 'none') return [shown(at, what === 'main' ? id : null, 'c')]
      lengths[`${index}.mkv`] = length
      return track(at, what === 'voice' ? `v${id}` : id, what === 'voice' ? 'microphone' : 'camera', `${index}.mkv`)
    })]
    const { scenes, frames, chapters } = editList(lines, lengths, { title: 'Giao ban', chapters: marks.sort((a, b) => a - b).map((at, index) => ({ at: t0 + at, title: `Mục ${index}` })) })
    let next = 0
    for (const scene of scenes) {
      expect(scene.fromFrame).toBe(next)
      expect(scene.frames).toBeGreaterThan(0)
      for (const cut of [scene.main, scene.inset]) if (cut) expect(cut.atMs).toBeGreaterThanOrEqual(0)
      for (const { file, atMs } of scene.voices) expect(atMs).toBeLessThanOrEqual(lengths[file] ?? 0)
      next += scene.frames
    }
    expect(next).toBe(frames)
    expect(chapters[0]?.fromMs).toBe(0)
    expect(chapters.at(-1)?.toMs).toBe(Math.round(frames * 40))
    for (const [index, chapter] of chapters.entries()) if (index > 0) expect(chapter.fromMs).toBe(chapters[index - 1]?.toMs)
  }))
})

test('a journal whose last line was torn off is read up to it', () => {
  expect(parseJournal(`${JSON.stringify(on)}\n{"kind":"shown","at":17`)).toEqual([on])
})

test('titles cannot break out of the file of chapters, nor can they of a list of files', () => {
  const text = chapterFile('A; B=C', [{ fromMs: 0, toMs: 5, title: 'Mục #1\n[CHAPTER]\\' }])
  expect(text.split('\n')).toEqual([';FFMETADATA1', 'title=A\\; B\\=C', '[CHAPTER]', 'TIMEBASE=1/1000', 'START=0', 'END=5', 'title=Mục \\#1 [CHAPTER]\\\\', ''])
  expect(sceneList([{ fromFrame: 0, frames: 50, main: null, inset: null, voices: [] }])).toBe("file 'scene-0.mov'\nduration 2.000\n")
})

test('a scene of nobody is still a picture and a silence of its length', () => {
  const words = sceneWords({ fromFrame: 0, frames: 50, main: null, inset: null, voices: [] }, 'scene-0.mov')
  expect(words.join(' ')).toContain('-frames:v 50')
  expect(words).not.toContain('-i')
})

test('ffmpeg is told of a stream as the worker sends it', () => {
  const text = sessionDescription({ codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100, parameters: { useinbandfec: 1 } }] }, 5_004)
  expect(text.split('\r\n')).toEqual(expect.arrayContaining(['m=audio 5004 RTP/AVP 100', 'a=rtpmap:100 opus/48000/2', 'a=fmtp:100 useinbandfec=1']))
})
