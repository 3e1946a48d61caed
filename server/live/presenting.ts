import type { PresenterPosition } from '../../shared/contracts/live.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { InkBatch, Laser } from '../../shared/meeting/presentation/pointing.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import type { Presentation } from '../../shared/meeting/presentation/state.ts'

/** Of a room, what passing on the presenter's signals asks for. */
export interface PresentingRoom<Socket> {
  presentation(): Presentation | null
  /** Whether this socket is a screen of the presenter, who may (still) see what is presented. */
  isPresenter(socket: Socket, presentation: Presentation): boolean
  /** To everyone who may see what is presented but the sender. Laser and ink are volatile: a line that is busy goes without them. */
  tellPosition(position: PresenterPosition, from: Socket): void
  tellLaser(laser: Laser | null, from: Socket): void
  tellInk(batch: InkBatch, from: Socket): void
}

/** Milliseconds between two lasers: fifteen a second look smooth, and three hundred screens cost the hub little. */
const laserEvery = 66

/** The presenter's signals of one meeting: only his, only of what he presents, only to those who may see it. */
export class Presenting<Socket> {
  readonly #room: PresentingRoom<Socket>
  #position: PresenterPosition | null = null
  /** The newest laser that has not been told; undefined: none. */
  #laser: { from: Socket; laser: Laser | null } | undefined
  #timer: NodeJS.Timeout | null = null

  constructor(room: PresentingRoom<Socket>) {
    this.#room = room
  }

  /** The last value, for who joins later. */
  get position(): PresenterPosition | null {
    return this.#position
  }

  heed(steps: readonly Step[]): void {
    if (steps.some(({ fact }) => fact.type === 'presentation.started' || fact.type === 'presentation.ended')) this.#position = null
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#laser = undefined
  }

  showPosition(from: Socket, position: Position): void {
    const presentation = this.#presentedBy(from, position.paperId)
    if (!presentation) return
    this.#position = { presenterId: presentation.presenterId, position }
    this.#room.tellPosition(this.#position, from)
  }

  /** Of those that come too fast only the newest is told, the last one always. */
  showLaser(from: Socket, laser: Laser | null): void {
    // Somebody else's must not even take the place of the presenter's.
    if (!this.#presentedBy(from, laser?.paperId)) return
    this.#laser = { from, laser }
    if (!this.#timer) this.#tellLaser()
  }

  showInk(from: Socket, batch: InkBatch): void {
    if (this.#presentedBy(from, batch.paperId)) this.#room.tellInk(batch, from)
  }

  #tellLaser(): void {
    this.#timer = null
    const next = this.#laser
    this.#laser = undefined
    // Asked anew at this moment: who lost the presentation in between points no more.
    if (!next || !this.#presentedBy(next.from, next.laser?.paperId)) return
    this.#room.tellLaser(next.laser, next.from)
    this.#timer = setTimeout(() => this.#tellLaser(), laserEvery)
  }

  #presentedBy(socket: Socket, paperId: string | undefined): Presentation | null {
    const presentation = this.#room.presentation()
    if (!presentation || (paperId !== undefined && presentation.paperId !== paperId)) return null
    return this.#room.isPresenter(socket, presentation) ? presentation : null
  }
}
