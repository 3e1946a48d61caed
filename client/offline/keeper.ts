import type { SignedInPerson } from '../../shared/contracts/http/session.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { keepPapersIn } from '../pdf/keptPapers.ts'
import { Beside } from './beside.ts'
import { openDatabase, packageId } from './database.ts'
import { isDeclined, setDeclined } from './declined.ts'
import { Fetching, type Fetched, type Taken } from './fetching.ts'
import { Files, listedFiles, seenFiles } from './files.ts'
import type { KeptManifest, KeptView } from './kept.ts'
import { noteTime } from './latest.ts'
import { askForPackage } from './manifest.ts'
import type { KeptPaper, PackageStatus } from './package.ts'
import { paperStatus } from './paperState.ts'
import { purgeExpired, purgeNotesOn, purgeOf } from './purging.ts'
import { askToPersist, roomLeft, savesData } from './room.ts'
import { makeShelf, openShelf, type Shelf } from './shelf.ts'

export interface KeeperEvents {
  changed(now: { status: PackageStatus; papers: ReadonlyMap<string, KeptPaper>; expiresAt: number | null; words: number }): void
  readerBusy(busy: boolean): void
}

/** Keeps one meeting on this device for one person: the hub's list, the files in its order, the view; and deletes what may not be here any more. */
export class Keeper {
  readonly #meetingId: string
  readonly #person: SignedInPerson
  readonly #events: KeeperEvents
  readonly #fetching: Fetching
  #shelf: Shelf | null = null
  #files: Files | null = null
  #beside: Beside | null = null
  #manifest: KeptManifest | null = null
  #wanted = false
  #gone = false
  #full = false
  #room = Number.POSITIVE_INFINITY
  #lineFree = false
  #ended = false
  /** One change of what is kept after the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(meetingId: string, person: SignedInPerson, events: KeeperEvents) {
    this.#meetingId = meetingId
    this.#person = person
    this.#events = events
    this.#fetching = new Fetching((taken) => this.#next(taken), {
      onChange: () => this.#tell(),
      onRefused: () => void this.refresh(),
    })
  }

  /** Takes up what is here already; then the hub may be asked. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      await purgeExpired()
      const id = packageId(this.#person.id, this.#meetingId)
      this.#wanted = !savesData() && !(await isDeclined(id))
      this.#room = await roomLeft()
      const shelf = await openShelf(this.#person.id, this.#meetingId)
      const manifest = await shelf?.readPart<KeptManifest>('manifest')
      if (shelf && manifest) await this.#takeUp(shelf, manifest)
      keepPapersIn((address) => this.#files?.at(address) ?? null, {
        contents: async (sha256) => await this.#beside?.contents(sha256) ?? null,
        picture: async (sha256) => await this.#beside?.picture(sha256) ?? null,
      })
      this.#tell()
    })
  }

  /** Asks the hub what may be kept, and goes by it. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      const answer = await askForPackage(this.#meetingId, this.#manifest?.etag ?? null)
      const ownClock = Date.now()
      if (this.#ended || answer.kind === 'unknown' || answer.kind === 'same') return
      if (answer.kind === 'gone' || answer.package.expiresAt <= answer.package.asOf) return this.#letGo('everything')
      // Somebody else has signed in on this device in another window.
      if (answer.package.personId !== this.#person.id) return
      this.#gone = false
      await noteTime(await openDatabase(), { hubTime: answer.package.asOf, ownClock })
      if (!this.#wanted && !this.#shelf) {
        this.#manifest = { package: answer.package, etag: answer.etag, person: this.#person, removed: this.#manifest?.removed ?? false }
        return this.#tell()
      }
      const shelf = this.#shelf ?? await makeShelf(this.#person.id, this.#meetingId, answer.package.expiresAt)
      await shelf.setExpiry(answer.package.expiresAt)
      const manifest: KeptManifest = { package: answer.package, etag: answer.etag, person: this.#person, removed: false }
      await this.#keepOnly(listedFiles(answer.package))
      await shelf.writePart('manifest', manifest)
      await this.#takeUp(shelf, manifest)
      this.#tell()
    })
  }

  /** The view as the hub told it when the own clock showed `ownClock`: what is no longer in it is deleted before anything else is done. */
  seen(kept: KeptView, ownClock: number): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#shelf) return
      const allowed = seenFiles(kept.view.papers)
      const listed = this.#manifest ? listedFiles(this.#manifest.package) : allowed
      if ([...listed].some((sha256) => !allowed.has(sha256))) await this.#withdraw(kept.view, allowed)
      await noteTime(await openDatabase(), { hubTime: kept.at, ownClock })
      await this.#shelf.writePart('view', kept)
    })
  }

  /** May not look at the meeting any more. */
  refused(): Promise<void> {
    return this.#inTurn(() => this.#letGo('everything'))
  }

  lineFree(free: boolean): void {
    this.#lineFree = free
    this.#fetching.allow(free && this.#wanted && !this.#full)
    this.#tell()
  }

  async fetchAll(): Promise<void> {
    await askToPersist()
    await this.#inTurn(async () => {
      this.#wanted = true
      this.#full = false
      this.#room = await roomLeft()
      await setDeclined(packageId(this.#person.id, this.#meetingId), false)
      if (!this.#shelf) this.#manifest = null
    })
    await this.refresh()
    this.lineFree(this.#lineFree)
    this.#fetching.wake()
  }

  remove(): Promise<void> {
    return this.#inTurn(async () => {
      this.#wanted = false
      this.#fetching.allow(false)
      await setDeclined(packageId(this.#person.id, this.#meetingId), true)
      const listed = this.#manifest
      await this.#letGo('papers')
      this.#gone = false
      if (listed) this.#manifest = { ...listed, removed: true }
      this.#tell()
    })
  }

  end(): void {
    this.#ended = true
    this.#fetching.end()
    this.#beside?.end()
    keepPapersIn(() => null)
  }

  async #takeUp(shelf: Shelf, manifest: KeptManifest): Promise<void> {
    this.#manifest = manifest
    if (this.#shelf !== shelf || !this.#files) {
      this.#shelf = shelf
      this.#beside?.end()
      const held = [...await shelf.chunks()]
      const only = (isPart: (index: number) => boolean) => new Map(held.map(([sha256, indexes]) => [sha256, indexes.filter(isPart)]))
      this.#files = new Files(shelf, only((index) => index >= 0), {
        onKept: () => this.#tell(),
        onFull: () => this.#runFull(),
        onBusy: (busy) => this.#events.readerBusy(busy),
      })
      this.#beside = new Beside(shelf, only((index) => index < 0), { onFull: () => this.#runFull(), onAgain: () => this.#fetching.wake() })
    }
    this.#files.list(manifest.package)
    this.#fetching.wake()
  }

  /** What the view does not have is deleted, and struck off the list, whatever the hub's next list will say. */
  async #withdraw(view: MeetingView, allowed: ReadonlySet<string>): Promise<void> {
    if (!this.#manifest || !this.#shelf) return
    const { package: listed } = this.#manifest
    const papers = listed.papers.filter(({ paperId }) => Object.hasOwn(view.papers, paperId)).map((paper) => ({ ...paper, earlier: paper.earlier.filter(({ sha256 }) => allowed.has(sha256)) }))
    this.#manifest = { ...this.#manifest, package: { ...listed, papers }, etag: '' }
    this.#files?.list(this.#manifest.package)
    await this.#keepOnly(listedFiles(this.#manifest.package))
    await this.#shelf.writePart('manifest', this.#manifest)
    await purgeNotesOn(this.#shelf.id, this.#meetingId, listed.papers.flatMap(({ paperId }) => (Object.hasOwn(view.papers, paperId) ? [] : paperId)))
    this.#tell()
  }

  async #keepOnly(allowed: ReadonlySet<string>): Promise<void> {
    this.#beside?.keepOnly(allowed)
    await this.#files?.keepOnly(allowed)
  }

  async #letGo(share: 'everything' | 'papers'): Promise<void> {
    this.#gone = true
    this.#beside?.end()
    this.#shelf = this.#files = this.#beside = this.#manifest = null
    await purgeOf(this.#person.id, share, this.#meetingId)
    this.#tell()
  }

  /** Each paper, and after it what belongs to it. */
  #next(taken: Taken): Fetched | null {
    if (!this.#manifest || !this.#files) return null
    for (const paper of this.#manifest.package.papers) {
      const file = this.#files.of(paper.sha256)
      if (file && !file.complete && !taken.has(file) && file.missing(1) && file.size - file.bytes <= this.#room) return { file, address: paper.address }
      const whole = file?.complete ? this.#beside?.next(paper, taken) : null
      if (whole) return { whole }
    }
    return null
  }

  #runFull(): void {
    this.#full = true
    this.#fetching.allow(false)
    this.#tell()
  }

  #tell(): void {
    if (this.#ended) return
    const papers = new Map((this.#manifest?.package.papers ?? []).map((paper) => {
      const bytes = this.#files?.of(paper.sha256)?.bytes ?? 0
      const formerHeld = paper.earlier.some(({ sha256 }) => (this.#files?.of(sha256)?.bytes ?? 0) > 0)
      const status = paperStatus({ listed: true, wanted: this.#wanted, removed: this.#manifest?.removed ?? false, bytes, size: paper.size, formerHeld })
      return [paper.paperId, { status, bytes, size: paper.size }]
    }))
    this.#events.changed({ status: this.#status([...papers.values()]), papers, expiresAt: this.#manifest?.package.expiresAt ?? null, words: this.#withWords() })
  }

  #withWords(): number {
    return (this.#manifest?.package.papers ?? []).filter(({ sha256 }) => this.#beside?.has(sha256, 'contents')).length
  }

  #status(papers: readonly KeptPaper[]): PackageStatus {
    if (this.#gone || !this.#manifest) return this.#gone ? 'none' : this.#wanted ? 'unknown' : 'off'
    const missing = papers.filter(({ bytes, size }) => bytes < size)
    if (missing.length === 0) return this.#shelf ? 'complete' : 'off'
    if (!this.#wanted) return 'off'
    if (this.#full || missing.every(({ bytes, size }) => size - bytes > this.#room)) return 'full'
    return this.#lineFree ? 'fetching' : 'waiting'
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
