import type { DtlsParameters } from '../../shared/contracts/media-parameters.ts'
import type { TransportParameters } from '../../shared/contracts/media.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Served } from '../../shared/media/ladder.ts'
import type { RoomListener, RoomPlan } from '../../shared/media/room-control.ts'
import type { OpenedView, ViewPlace } from '../../shared/media/view.ts'
import type { WorkerPool } from '../sfu/pool.ts'
import type { Loud, RoomLeg } from './legs.ts'
import { isVoice, type Sent } from './sent.ts'
import { View, viewCodecs } from './view.ts'

export interface ViewsParts {
  pool: WorkerPool
  roomId: string
  listener: RoomListener
  /** A part of the room where what is sent comes to, with one more peer counted. */
  place(): Promise<RoomLeg>
  onTrouble(error: unknown): void
  /** What they take has changed. */
  onTaken(): void
}

const measureEvery = 1_000

/** The players that look at a room through places of their own. */
export class Views {
  readonly #parts: ViewsParts
  readonly #views = new Map<string, View>()
  #loud = new Map<string, number>()
  #sending: readonly Sent[] = []
  #plan: RoomPlan | null = null
  #made = 0
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(parts: ViewsParts) {
    this.#parts = parts
  }

  get asked(): Pick<Served, 'taken'>[] {
    return [...this.#views.values()].map(({ asked }) => asked)
  }

  async open(viewId: string, beside: string, places: readonly ViewPlace[], dtlsParameters: DtlsParameters): Promise<OpenedView> {
    const { pool, roomId, listener, place, onTrouble } = this.#parts
    this.#made += 1
    const legId = `${roomId} view ${this.#made}`
    const leg = await pool.leg(legId, [], viewCodecs(places)).catch(() => { throw new Refused('request.malformed', { field: 'sdp' }) })
    try {
      const { view, opened } = await View.open({ viewId, beside, leg, place, places, dtlsParameters, onTrouble, onUnfit: () => this.#show() })
      this.#timer ??= setInterval(() => void this.#measure(), measureEvery).unref()
      if (this.#closed) {
        view.close()
        throw new Refused('media.unknown')
      }
      this.close(viewId)
      this.#views.set(viewId, view)
      view.onLost(() => {
        if (this.#views.get(viewId) !== view) return
        this.close(viewId)
        listener.tell(viewId, 'media:lost')
      })
      this.#show()
      return opened
    } catch (error) {
      await pool.closeLeg(legId)
      throw error
    }
  }

  /** @throws Refused `media.unknown` */
  restartIce(viewId: string): Promise<TransportParameters> {
    const view = this.#views.get(viewId)
    if (!view) throw new Refused('media.unknown')
    return view.restartIce()
  }

  close(viewId: string): void {
    const view = this.#views.get(viewId)
    if (!view) return
    this.#views.delete(viewId)
    view.close()
    void this.#parts.pool.closeLeg(view.legId)
  }

  closeAll(): void {
    this.#closed = true
    if (this.#timer) clearInterval(this.#timer)
    for (const viewId of [...this.#views.keys()]) this.close(viewId)
  }

  want(plan: RoomPlan, sending: readonly Sent[]): void {
    this.#plan = plan
    this.#sending = sending
    this.#show()
  }

  hear(loud: readonly Loud[]): void {
    this.#loud = new Map(loud.map(({ producerId, decibels }) => [producerId, decibels]))
    if (this.#views.size > 0) this.#show()
  }

  async #measure(): Promise<void> {
    await Promise.all([...this.#views.values()].map(async (view) => {
      try {
        const line = await view.measure()
        if (this.#views.get(view.viewId) === view) this.#parts.listener.measured(view.viewId, line)
      } catch (error) {
        if (this.#views.get(view.viewId) === view) this.#parts.onTrouble(error)
      }
    }))
  }

  #show(): void {
    const plan = this.#plan
    if (!plan || this.#views.size === 0) return
    const rank = ({ peerId }: Sent) => (plan.stage.includes(peerId) ? plan.stage.indexOf(peerId) : plan.stage.length)
    const open = this.#sending.filter(({ pausedByHub, pausedByOwner }) => !pausedByHub && !pausedByOwner).sort((a, b) => rank(a) - rank(b))
    const onStage = open.filter((sent) => !isVoice(sent.source) && plan.stage.includes(sent.peerId))
    // Whoever shares a screen is on everybody's stage.
    const pictures = [...onStage, ...open.filter((sent) => sent.source === 'screen' && !onStage.includes(sent))]
    for (const view of this.#views.values()) {
      const receives = plan.receives.includes(view.viewId)
      const voices = receives ? open.filter((sent) => isVoice(sent.source) && sent.peerId !== view.beside) : []
      view.want(voices, receives ? pictures : [], (producerId) => this.#loud.get(producerId) ?? -127)
    }
    this.#parts.onTaken()
  }
}
