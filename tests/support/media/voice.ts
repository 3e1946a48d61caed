import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rate = 48_000
const seconds = 8

/** Something like a voice that never pauses: a fundamental that glides, its overtones in two moving formants, syllables. Opus finds no silence in it to leave out. */
function samples(): Int16Array {
  const made = new Int16Array(rate * seconds)
  let phase = 0
  for (let at = 0; at < made.length; at += 1) {
    const t = at / rate
    const pitch = 130 + 35 * Math.sin(2 * Math.PI * 0.375 * t) + 12 * Math.sin(2 * Math.PI * 1.25 * t)
    phase += (2 * Math.PI * pitch) / rate
    const formants = [500 + 250 * Math.sin(2 * Math.PI * 1.5 * t), 1_500 + 500 * Math.sin(2 * Math.PI * 1.125 * t)]
    let sum = 0
    for (let overtone = 1; overtone <= 20; overtone += 1) {
      const near = formants.reduce((all, formant) => all + Math.exp(-(((overtone * pitch - formant) / 300) ** 2)), 0.03)
      sum += near * Math.sin(overtone * phase)
    }
    const syllable = 0.65 + 0.35 * Math.sin(2 * Math.PI * 4 * t)
    made[at] = Math.max(-32_000, Math.min(32_000, sum * syllable * 5_000))
  }
  return made
}

/** A file for Chromium's `--use-file-for-fake-audio-capture`, played over and over. */
export async function voiceFile(): Promise<{ path: string; remove(): Promise<void> }> {
  const data = Buffer.from(samples().buffer)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(data.length, 40)
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-voice-'))
  const path = join(folder, 'voice.wav')
  await writeFile(path, Buffer.concat([header, data]))
  return { path, remove: () => rm(folder, { recursive: true, force: true }) }
}
