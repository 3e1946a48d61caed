import type { Page } from 'playwright-core'

/** One look at a voice that comes in: WebRTC's own counters, from the beginning. */
interface Look { at: number; id: string; samples: number; concealed: number; silent: number; packets: number; lost: number; energy: number; nacks: number; fec: number; frames: number; freezes: number; freezeSeconds: number; delayMs: number }

export interface Heard {
  seconds: number
  /** Of all that was played, what had to be made up; without what was made up as silence. */
  concealedShare: number
  /** The longest stretch that was made up, silence or not. */
  longestGapMs: number
  /** Stretches over 200 ms. */
  gaps: number
  /** What the receiver waits for before it plays. */
  delayMs: number
  lostShare: number
  packets: number
  /** Times that missing packets were asked for again, and packets whose content came with the next one. */
  nacks: number
  fec: number
  framesDecoded: number
  freezesPerMinute: number
}

/** Looks at what comes in sixteen times a second from now on; `watchMedia` must have been there first. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all: object[] = []
    Object.assign(window, { looks: all })
    setInterval(() => void (async () => {
      for (const connection of (window as unknown as { made: RTCPeerConnection[] }).made) {
        if (connection.connectionState === 'closed') continue
        const video = { frames: 0, freezes: 0, freezeSeconds: 0 }
        const report = [...(await connection.getStats()).values()].filter(({ type }) => type === 'inbound-rtp')
        for (const one of report) {
          if (one.kind !== 'video') continue
          video.frames += one.framesDecoded ?? 0
          video.freezes += one.freezeCount ?? 0
          video.freezeSeconds += one.totalFreezesDuration ?? 0
        }
        for (const one of report) {
          if (one.kind !== 'audio' || !one.totalSamplesReceived) continue
          all.push({
            at: one.timestamp, id: one.id, samples: one.totalSamplesReceived, concealed: one.concealedSamples, silent: one.silentConcealedSamples, packets: one.packetsReceived, lost: one.packetsLost,
            energy: one.totalAudioEnergy, nacks: one.nackCount ?? 0, fec: one.fecPacketsReceived ?? 0, delayMs: Math.round((1_000 * one.jitterBufferDelay) / Math.max(1, one.jitterBufferEmittedCount)), ...video,
          })
        }
      }
    })(), 60)
  })
}

/** Of the voice with the most packets since the last call. */
export async function heardSince(page: Page): Promise<Heard> {
  const looks = await page.evaluate(() => {
    const { looks: all } = window as unknown as { looks: Look[] }
    const newest = Math.max(...all.map(({ at }) => at))
    const taken = all.splice(0)
    // What is new begins where the old ended.
    all.push(...taken.filter(({ at }) => at === newest))
    return taken
  })
  const byVoice = new Map<string, Look[]>()
  for (const look of looks) byVoice.set(look.id, [...(byVoice.get(look.id) ?? []), look])
  const grown = (voice: Look[], of: keyof Omit<Look, 'id'>) => (voice.at(-1)?.[of] ?? 0) - (voice[0]?.[of] ?? 0)
  const [voice = []] = [...byVoice.values()].sort((a, b) => grown(b, 'packets') - grown(a, 'packets'))
  const samples = Math.max(1, grown(voice, 'samples'))
  const packets = grown(voice, 'packets')
  const seconds = grown(voice, 'at') / 1_000
  const runs = gapsOf(voice)
  return {
    seconds, packets, nacks: grown(voice, 'nacks'), fec: grown(voice, 'fec'), concealedShare: (grown(voice, 'concealed') - grown(voice, 'silent')) / samples, longestGapMs: Math.round(Math.max(0, ...runs)), gaps: runs.filter((ms) => ms > 200).length,
    delayMs: voice.at(-1)?.delayMs ?? 0, lostShare: grown(voice, 'lost') / Math.max(1, packets + grown(voice, 'lost')), framesDecoded: grown(voice, 'frames'), freezesPerMinute: seconds === 0 ? 0 : (grown(voice, 'freezes') * 60) / seconds,
  }
}

/** Milliseconds of stretches that were made up without a break, told from looks: one that was made up in part is reckoned to the stretch beside it, so they are rather too long than too short. */
function gapsOf(voice: readonly Look[]): number[] {
  const runs: number[] = []
  let run = 0
  for (const [at, look] of voice.entries()) {
    const before = voice[at - 1]
    if (!before || look.samples <= before.samples) continue
    const madeUp = look.concealed - before.concealed
    const share = madeUp / (look.samples - before.samples)
    run += madeUp / 48
    if (share < 0.9) {
      if (run > 0) runs.push(run)
      run = share > 0.1 ? madeUp / 48 : 0
    }
  }
  return [...runs, run]
}
