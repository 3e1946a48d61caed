import { execFileSync } from 'node:child_process'
import { readConfig } from '../../../server/config.ts'
import type { MediaAnswer } from '../../../shared/contracts/live.ts'
import type { RtpParameters } from '../../../shared/contracts/media-parameters.ts'
import type { MediaAnswers, MediaEvents, MediaRequests, MediaRequestType } from '../../../shared/contracts/media.ts'
import type { Source } from '../../../shared/media/peer.ts'
import type { LiveClient } from '../live/client.ts'
import type { TestHubOptions } from '../hub.ts'
import { Hall } from '../live/hall.ts'
import { capabilities } from './bridge.ts'

/** A hub with video, from the worker that is here; `isNew` false: on a folder that another hall has left. */
export async function videoHall(more: TestHubOptions = {}, isNew = true): Promise<Hall> {
  const { mediaWorker, cacheDir } = readConfig(process.env)
  const options: TestHubOptions = { ...more, config: { media: 'present', mediaPort: 0, mediaWorker, cacheDir, ...more.config } }
  const hall = isNew ? await Hall.open(options) : await Hall.reopen(options)
  await hall.test.hub.media.obtain()
  return hall
}

/** Processes of media workers that this process has started. */
export function workerPids(): number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,comm=']).toString().trim().split('\n')
    .map((line) => line.trim().split(/\s+/)).filter(([, parent, name]) => Number(parent) === process.pid && name?.startsWith('mediasoup-worke')).map(([pid]) => Number(pid))
}

interface Told { event: string; message: unknown }

/** A screen that takes part in the media room, by the bare protocol; it sends no media. */
export class MediaScreen {
  readonly screen: LiveClient
  readonly told: Told[] = []
  joined: MediaAnswers['media:join'] | null = null
  readonly #taken = new Set<Told>()
  readonly #looks = new Set<() => void>()

  constructor(screen: LiveClient) {
    this.screen = screen
    screen.socket.onAny((event: string, message: unknown) => {
      if (!event.startsWith('media:')) return
      this.told.push({ event, message })
      for (const look of [...this.#looks]) look()
    })
  }

  ask<T extends MediaRequestType>(type: T, data: MediaRequests[T]): Promise<MediaAnswer<T>> {
    return this.screen.ask(type, data) as unknown as Promise<MediaAnswer<T>>
  }

  /** @throws Error when refused */
  async do<T extends MediaRequestType>(type: T, data: MediaRequests[T]): Promise<Extract<MediaAnswer<T>, { ok: true }>> {
    const answer = await this.ask(type, data)
    if (!answer.ok) throw new Error(`${type}: ${answer.code}`)
    return answer as Extract<MediaAnswer<T>, { ok: true }>
  }

  async join(more: Omit<MediaRequests['media:join'], 'rtpCapabilities'> = {}): Promise<MediaAnswers['media:join']> {
    return (this.joined = await this.do('media:join', { rtpCapabilities: capabilities, ...more }))
  }

  get peerId(): string {
    return this.joined?.peerId ?? ''
  }

  async produce(source: Source): Promise<string> {
    return (await this.do('media:produce', { transportId: this.joined?.send.transportId ?? '', source, rtpParameters: parametersFor(source) })).producerId
  }

  /** The next message of this kind that fits and has not been asked for, at once if it has come already. */
  next<E extends keyof MediaEvents>(event: E, fits: (message: Parameters<MediaEvents[E]>[0]) => boolean = () => true): Promise<Parameters<MediaEvents[E]>[0]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${event} did not come within 10 s; there came ${this.told.map((one) => one.event).join(', ')}`)), 10_000)
      const look = () => {
        const found = this.told.find((one) => one.event === event && !this.#taken.has(one) && fits(one.message as never))
        if (!found) return
        clearTimeout(late)
        this.#taken.add(found)
        this.#looks.delete(look)
        resolve(found.message as never)
      }
      this.#looks.add(look)
      look()
    })
  }
}

let ssrc = 5_000

export function parametersFor(source: Source): RtpParameters {
  ssrc += 10
  const voice = source === 'microphone' || source === 'screenSound'
  return {
    mid: String(ssrc), encodings: [{ ssrc }], rtcp: { cname: `c${ssrc}` },
    codecs: [voice ? { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 111 } : { mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }],
  }
}
