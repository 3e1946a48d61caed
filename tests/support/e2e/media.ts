import type { Page } from 'playwright-core'

/** Chromium's own camera and microphone: a pie that turns, a beep each second. Few pictures a second, because several browsers share this machine. */
export const mediaFlags = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=fps=12', '--autoplay-policy=no-user-gesture-required', '--auto-select-desktop-capture-source=Entire screen'] as const

/** Lets `received` look into what a page receives; before its first page. */
export async function watchMedia(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const made: RTCPeerConnection[] = []
    Object.assign(window, { made })
    const Original = RTCPeerConnection
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        made.push(this)
      }
    }
  })
}

export interface Received {
  /** Sums over all that comes in at this moment. */
  framesDecoded: number
  audioEnergy: number
  widest: number
  concealedShare: number
}

/** By WebRTC's own counters. */
export function received(page: Page): Promise<Received> {
  return page.evaluate(async () => {
    const sum = { framesDecoded: 0, audioEnergy: 0, widest: 0, concealed: 0, samples: 0 }
    for (const connection of (window as unknown as { made: RTCPeerConnection[] }).made) {
      if (connection.connectionState === 'closed') continue
      for (const one of (await connection.getStats()).values()) {
        if (one.type !== 'inbound-rtp') continue
        sum.framesDecoded += one.framesDecoded ?? 0
        sum.audioEnergy += one.totalAudioEnergy ?? 0
        sum.widest = Math.max(sum.widest, one.frameWidth ?? 0)
        sum.concealed += one.concealedSamples ?? 0
        sum.samples += one.totalSamplesReceived ?? 0
      }
    }
    return { framesDecoded: sum.framesDecoded, audioEnergy: sum.audioEnergy, widest: sum.widest, concealedShare: sum.samples === 0 ? 0 : sum.concealed / sum.samples }
  })
}

/** How ICE names the page's own ends: new names after a restart. */
export function iceNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { made: RTCPeerConnection[] }).made
    .filter(({ connectionState }) => connectionState === 'connected')
    .map(({ localDescription }) => /a=ice-ufrag:(\S+)/u.exec(localDescription?.sdp ?? '')?.[1] ?? ''))
}

/** Milliseconds until `fits` says yes of what the page receives, looked at every 40 ms. */
export async function until(page: Page, fits: (now: Received) => boolean, patience = 30_000): Promise<number> {
  const began = performance.now()
  for (;;) {
    const now = await received(page)
    if (fits(now)) return performance.now() - began
    if (performance.now() - began > patience) throw new Error(`what comes does not fit after ${patience} ms: ${JSON.stringify(now)}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}
