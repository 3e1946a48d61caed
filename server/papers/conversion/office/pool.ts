import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import type { OfficeKind } from '../kinds.ts'
import type { OfficeInstallation } from './installed.ts'
import { officeLimits, startOffice, type Converted, type OfficeLimits, type OfficeProcess } from './office-process.ts'

export interface OfficeJob {
  meetingId: string
  input: string
  kind: OfficeKind
  output: string
  /** Called when it is this file's turn. */
  onStart?: () => void
}

/** Several LibreOffices, each of which only ever sees one meeting's files. */
export interface OfficePool {
  /** 'failed' after one more try in a fresh process; 'tooHeavy' at once. */
  convert(job: OfficeJob): Promise<'done' | 'failed' | 'tooHeavy'>
  /** How many files are to begin before this one; 0 when it has begun. */
  ahead(job: OfficeJob): number
  /** Process ids and meetings, for tests. */
  running(): { pid: number; meetingId: string; busy: boolean }[]
  close(): Promise<void>
}

export interface OfficePoolOptions {
  office: OfficeInstallation
  /** Emptied at the start: what a killed hub left behind. */
  folder: string
  log: Logger
  places?: number
  /** Milliseconds that a process without work is kept warm. */
  idle?: number
  /** Files after which a process is replaced, whatever it may have leaked. */
  mostFiles?: number
  limits?: OfficeLimits
}

interface Place { meetingId: string; process: OfficeProcess; busy: boolean; timer: NodeJS.Timeout | null }

export async function openOfficePool({
  office, folder, log, places = Math.min(3, Math.max(1, availableParallelism())), idle = 60_000, mostFiles = 50, limits = officeLimits,
}: OfficePoolOptions): Promise<OfficePool> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const open = new Set<Place>()
  const waiting: { job: OfficeJob; begin: (place: Place | null) => void }[] = []
  /** Places that are being emptied or filled. */
  let moving = 0
  /** Processes on their way: whoever closes waits for them, or they would outlive the pool. */
  const starting = new Set<Promise<OfficeProcess>>()
  let closed = false

  async function removed(place: Place): Promise<void> {
    if (place.timer) clearTimeout(place.timer)
    open.delete(place)
    moving++
    await place.process.end()
    moving--
  }

  /** Gives work to whoever is free: first a warm process of the same meeting, then a free place, then the place of another meeting's idle one. */
  function assign(): void {
    for (const entry of [...waiting]) {
      const idlePlaces = [...open].filter(place => !place.busy)
      const warm = idlePlaces.find(place => place.meetingId === entry.job.meetingId)
      if (warm) take(entry, warm)
      else if (open.size + moving < places) take(entry, null)
      else if (idlePlaces[0]) void removed(idlePlaces[0]).then(assign)
      else return
    }
  }

  function take(entry: (typeof waiting)[number], place: Place | null): void {
    waiting.splice(waiting.indexOf(entry), 1)
    if (place) {
      place.busy = true
      if (place.timer) clearTimeout(place.timer)
    } else {
      moving++
    }
    entry.begin(place)
  }

  /** A process for this job; the place was counted as moving. */
  async function opened(meetingId: string, mode: 'warm' | 'cold' = 'warm'): Promise<Place> {
    const start = startOffice(office, folder, limits, mode)
    starting.add(start)
    try {
      const place: Place = { meetingId, process: await start, busy: true, timer: null }
      open.add(place)
      void place.process.ended.then(() => {
        open.delete(place)
        assign()
      })
      return place
    } finally {
      starting.delete(start)
      moving--
    }
  }

  async function convertIn(place: Place, job: OfficeJob): Promise<Converted> {
    const began = performance.now()
    const cold = place.process.files === 0
    const outcome = await place.process.convert(job)
    log.info({ meetingId: job.meetingId, kind: job.kind, outcome, cold, ms: Math.round(performance.now() - began) }, 'office file converted')
    return outcome
  }

  /** After any failure the process goes; after success it waits for the next file. */
  async function leave(place: Place, outcome: Converted): Promise<void> {
    if (outcome !== 'done' || place.process.files >= mostFiles || closed) return removed(place)
    place.busy = false
    place.timer = setTimeout(() => void removed(place).then(assign), idle)
    place.timer.unref()
  }

  return {
    async convert(job) {
      if (closed) return 'failed'
      const first = await new Promise<Place | null>(resolve => {
        waiting.push({ job, begin: resolve })
        assign()
      })
      if (closed) return 'failed'
      job.onStart?.()
      let place = first ?? await opened(job.meetingId)
      let outcome = await convertIn(place, job)
      if (outcome === 'failed' || outcome === 'ended') {
        await removed(place)
        if (closed) return 'failed'
        moving++
        place = await opened(job.meetingId, 'cold')
        outcome = await convertIn(place, job)
        await removed(place)
      } else {
        await leave(place, outcome)
      }
      assign()
      return outcome === 'ended' ? 'failed' : outcome
    },
    ahead: job => Math.max(0, waiting.findIndex(entry => entry.job === job)),
    running: () => [...open].map(({ process, meetingId, busy }) => ({ pid: process.pid, meetingId, busy })),
    async close() {
      closed = true
      for (const { begin } of waiting.splice(0)) begin(null)
      while (starting.size > 0) await Promise.allSettled(starting)
      await Promise.all([...open].map(removed))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
