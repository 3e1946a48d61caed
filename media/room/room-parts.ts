import type { Logger } from 'pino'
import type { RoomControl, RoomListener } from '../../shared/media/room-control.ts'
import type { Offer, SpanControl, SpanListener } from '../../shared/media/span-control.ts'
import type { Programs } from '../recording/program.ts'
import type { Recordings } from '../recording/recordings.ts'
import type { WorkerPool } from '../sfu/pool.ts'
import type { PipeSettings } from './pipes.ts'

export interface RoomParts {
  roomId: string
  pool: WorkerPool
  listener: RoomListener
  log: Pick<Logger, 'warn' | 'info'>
  peersPerWorker?: number
  /** Who writes down what is recorded; none: nothing is. */
  recordings?: Recordings
  /** What fetches cameras; Debian's, when it is not said. */
  programs?: Programs
  /** For a room that may have other parts at other media processes. */
  span?: { pipe: PipeSettings; listener: SpanListener }
}

/** A room that has no other parts. */
export const alone: NonNullable<RoomParts['span']> = { pipe: { listen: { ip: '127.0.0.1', announced: null }, ports: null }, listener: { wanted() {}, taken() {}, pipeLost() {} } }

/** One part of a room, for the hub that holds all of them. */
export interface PartControl extends RoomControl {
  readonly span: SpanControl
  /** All that is sent here, as the other parts may know it. */
  offers(): Offer[]
}
