import type { MediaControl } from '../../media/control.ts'
import type { PeerLine } from '../../shared/contracts/media.ts'
import type { equipmentOf } from '../../shared/media/rules.ts'
import type { BridgeScreen } from './places.ts'

const reportEvery = 2_000

interface Watching { meetingId: string; business: () => ReturnType<typeof equipmentOf> }

/** Technicians' screens that are told how every line does. */
export class Watchers {
  readonly #media: Pick<MediaControl, 'availability'>
  readonly #lines: (meetingId: string, concerns: (siteId: string | null) => boolean) => PeerLine[]
  readonly #watching = new Map<BridgeScreen, Watching>()
  #timer: NodeJS.Timeout | null = null

  constructor(media: Pick<MediaControl, 'availability'>, lines: (meetingId: string, concerns: (siteId: string | null) => boolean) => PeerLine[]) {
    this.#media = media
    this.#lines = lines
  }

  /** `business`: asked anew each time, because a right may be taken away while somebody watches. */
  start(screen: BridgeScreen, meetingId: string, business: Watching['business']): void {
    this.#watching.set(screen, { meetingId, business })
    this.#tell(screen, { meetingId, business })
    this.#timer ??= setInterval(() => { for (const [watcher, watching] of this.#watching) this.#tell(watcher, watching) }, reportEvery).unref()
  }

  watches(meetingId: string): boolean {
    for (const watching of this.#watching.values()) if (watching.meetingId === meetingId) return true
    return false
  }

  stop(screen: BridgeScreen): void {
    this.#watching.delete(screen)
    if (this.#watching.size === 0) this.close()
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#watching.clear()
  }

  #tell(screen: BridgeScreen, { meetingId, business }: Watching): void {
    const own = business()
    if (own === undefined) return this.stop(screen)
    screen.tell('media:report', { availability: this.#media.availability, lines: this.#lines(meetingId, (siteId) => own === 'all' || own.siteId === siteId) })
  }
}
