import { siteStanding, toldLine } from '../../shared/meeting/sites/rules.ts'
import { measure, newLineWatch, type LineWatch } from '../../shared/meeting/sites/line-watch.ts'
import type { SiteLine } from '../../shared/meeting/sites/state.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { MeetingHost } from './host.ts'

/** How a site's line does at one moment, as the media side measures it. */
export interface LineMeasurement {
  line: SiteLine
  /** Hundredths of the packets, and milliseconds there and back; absent when nothing came. */
  lossPercent?: number
  roundTripMs?: number
}

/** Of a meeting's host, what keeping its sites' lines asks for. */
export interface LineHost {
  readonly state: Pick<MeetingState, 'sites' | 'lifecycle'>
  executeAsHub: MeetingHost['executeAsHub']
}

/**
 * Puts on record how the lines of one meeting's sites do. Measurements come about once a second, also "down" while a site is away; which of
 * them become facts is line-watch.ts's to say. What was told is read off the meeting, so that a command that failed is sent again, and a line
 * goes on from where a restart, the telephone or a hand has left it.
 */
export class SiteLines {
  readonly #host: LineHost
  readonly #watches = new Map<string, LineWatch>()
  readonly #sending = new Set<string>()

  constructor(host: LineHost) {
    this.#host = host
  }

  /** Resolves when what it came to is durable: mostly at once, because mostly nothing is told. */
  async measured(siteId: string, { line, lossPercent, roundTripMs }: LineMeasurement, now: number): Promise<void> {
    const { sites, lifecycle } = this.#host.state
    const { status } = siteStanding({ sites }, siteId)
    const held = lifecycle.status === 'inSession' || lifecycle.status === 'recess'
    const known = this.#watches.get(siteId) ?? newLineWatch(line, now)
    const { watch, tell } = measure({ ...known, told: toldLine(status) }, line, now)
    // What cannot be told now must not cost the line its patience.
    const silent = tell !== null && (!held || status === 'byTelephone' || this.#sending.has(siteId))
    this.#watches.set(siteId, silent ? { ...watch, improvements: known.improvements } : watch)
    if (tell === null || silent) return
    this.#sending.add(siteId)
    const measured = lossPercent === undefined || roundTripMs === undefined ? {} : { lossPercent, roundTripMs }
    await this.#host.executeAsHub({ type: 'sites:setLine', data: { siteId, line: tell, ...measured } }).finally(() => this.#sending.delete(siteId))
  }
}
