import { computed, reactive, shallowRef, triggerRef, watch, type ComputedRef } from 'vue'
import * as Y from 'yjs'
import { ownedKey, type CollabName, type InkLayer } from '../../../shared/contracts/collab.ts'
import { openDocument, type OpenDocument, type OpenOptions } from '../../collab/document.ts'
import { packMark, unpackMark } from './codec.ts'
import type { Mark } from './mark.ts'

export interface ShownMark { mark: Mark; layer: InkLayer; ownerId: string; own: boolean }

export type SavedState = OpenDocument['state']['saved']

interface Held { name: CollabName; document: OpenDocument; layer: InkLayer; marks: Map<string, ShownMark> }

/** One step of the pen, of the eraser, of writing: what lay under a key before and after. */
interface Change { layer: InkLayer; key: string; before: Uint8Array | undefined; after: Uint8Array | undefined }

/** Which documents of a paper version this person's page opens, and how. */
export interface LayersOf {
  meetingId: string
  paperId: string
  version: number
  /** Null on the wall, which has no notes of its own. */
  me: string | null
  /** Options for a document: whether it may be written, where it is kept on this device. */
  options(name: CollabName): OpenOptions
}

const root = 'marks'

/** Everybody's marks on one version of a paper, as far as they are this person's to see, and his own to change. */
export class MarkLayers {
  readonly of: LayersOf
  readonly #held = reactive(new Map<string, Held>()) as Map<string, Held>
  readonly #shown = shallowRef<readonly ShownMark[]>([])
  readonly #undone: Change[][] = reactive([]) as Change[][]
  readonly #done: Change[][] = reactive([]) as Change[][]
  #telling = false
  #closed = false

  readonly byPage: ComputedRef<ReadonlyMap<number, ShownMark[]>>
  readonly canUndo = computed(() => this.#done.length > 0)
  readonly canRedo = computed(() => this.#undone.length > 0)
  readonly saved: ComputedRef<SavedState>

  constructor(of: LayersOf) {
    this.of = of
    this.byPage = computed(() => {
      const pages = new Map<number, ShownMark[]>()
      for (const one of this.#shown.value) if (!one.mark.unplaced) pages.set(one.mark.anchor.page, [...(pages.get(one.mark.anchor.page) ?? []), one])
      return pages
    })
    this.saved = computed(() => {
      const states = [...this.#held.values()].filter(({ name }) => this.#isOwn(name)).map(({ document }) => document.state.saved)
      return (['dropped', 'offline', 'saving', 'onDevice'] as const).find((state) => states.includes(state)) ?? 'saved'
    })
    if (of.me !== null) this.open('private')
  }

  /** What others have marked for all who see the paper. */
  openCommon(): void { this.#hold({ kind: 'common', ...this.#place() }, 'meeting') }

  get all(): readonly ShownMark[] { return this.#shown.value }

  /** Opens an own layer (each once), or somebody's shared one. */
  open(layer: InkLayer, ownerId = this.#me): OpenDocument {
    return this.#hold({ kind: 'ink', ...this.#place(), layer, ownerId }, layer).document
  }

  /** Own marks of a layer that has been opened, as they are in its document now. */
  own(layer: InkLayer): Mark[] {
    return [...this.#held.values()].filter((one) => one.layer === layer && this.#isOwn(one.name)).flatMap(({ marks }) => [...marks.values()].map(({ mark }) => mark))
  }

  mayWrite(layer: InkLayer): boolean {
    return this.of.me !== null && this.of.options({ kind: 'ink', ...this.#place(), layer, ownerId: this.#me }).writable === true
  }

  /** Shared layers of these people and of nobody else are open from now on. */
  follow(owners: readonly string[]): void {
    for (const { name } of [...this.#held.values()]) {
      if (name.kind === 'ink' && name.layer === 'shared' && name.ownerId !== this.of.me && !owners.includes(name.ownerId)) this.#drop(name)
    }
    for (const owner of owners) this.open('shared', owner)
  }

  put(mark: Mark, layer: InkLayer): void { this.#commit([this.#change(layer, mark.id, packMark(mark))]) }

  /**
   * Takes own marks away. In a layer that others read, what has stood there for a while leaves a tombstone: they are told that there was
   * something, not what.
   */
  remove(marks: readonly ShownMark[]): void {
    const gone = marks.filter(({ own }) => own)
    if (gone.length === 0) return
    this.#commit(gone.map(({ mark, layer }) => {
      const noticed = layer !== 'private' && mark.kind !== 'tombstone' && Date.now() - mark.at > noticedAfter
      const { x = 0, y = 0 } = mark.anchor.boxes[0] ?? {}
      const tombstone: Mark = { id: mark.id, at: Date.now(), colour: mark.colour, unplaced: false, kind: 'tombstone', anchor: { page: mark.anchor.page, quote: null, boxes: [{ x, y, width: 0, height: 0 }] } }
      return this.#change(layer, mark.id, noticed ? packMark(tombstone) : undefined)
    }))
  }

  /** Several values at once, as one step: what is carried over from an earlier version. Not to be undone. */
  carry(marks: readonly Mark[], layer: InkLayer): void {
    const { doc } = this.open(layer)
    const map = doc.getMap<Uint8Array>(root)
    doc.transact(() => marks.forEach((mark) => map.has(this.#key(mark.id)) || map.set(this.#key(mark.id), packMark(mark))))
  }

  undo(): void { this.#swap(this.#done, this.#undone, (change) => change.before) }
  redo(): void { this.#swap(this.#undone, this.#done, (change) => change.after) }

  close(): void {
    this.#closed = true
    for (const { document } of this.#held.values()) document.close()
    this.#held.clear()
  }

  #place() {
    const { meetingId, paperId, version } = this.of
    return { meetingId, paperId, version }
  }

  get #me(): string { return this.of.me ?? '' }

  #key(id: string): string { return ownedKey(this.#me, id) }

  #isOwn(name: CollabName): boolean { return name.kind === 'ink' && name.ownerId === this.of.me }

  #change(layer: InkLayer, id: string, after: Uint8Array | undefined): Change {
    const key = this.#key(id)
    return { layer, key, before: this.open(layer).doc.getMap<Uint8Array>(root).get(key), after }
  }

  #commit(changes: Change[]): void {
    this.#write(changes, (change) => change.after)
    this.#done.push(changes)
    if (this.#done.length > mostSteps) this.#done.shift()
    this.#undone.length = 0
  }

  #swap(from: Change[][], to: Change[][], value: (change: Change) => Uint8Array | undefined): void {
    const changes = from.pop()
    if (!changes) return
    this.#write(changes, value)
    to.push(changes)
  }

  #write(changes: Change[], value: (change: Change) => Uint8Array | undefined): void {
    for (const change of changes) {
      const map = this.open(change.layer).doc.getMap<Uint8Array>(root)
      const next = value(change)
      if (next) map.set(change.key, next)
      else map.delete(change.key)
    }
  }

  #hold(name: CollabName, layer: InkLayer): Held {
    const id = JSON.stringify(name)
    const known = this.#held.get(id)
    if (known) return known
    const held: Held = { name, layer, document: openDocument(name, this.of.options(name)), marks: new Map() }
    // The document is kept out of Vue's reach: its classes do not bear proxies.
    const raw = Object.freeze(held)
    this.#held.set(id, raw)
    const map = held.document.doc.getMap<unknown>(root)
    const read = (keys: Iterable<string>) => {
      for (const key of keys) {
        const at = key.indexOf(':')
        const ownerId = key.slice(0, at)
        // A private or shared document is one owner's, whatever its keys say.
        const known = at > 0 && (name.kind !== 'ink' || ownerId === name.ownerId)
        const mark = known && map.has(key) ? unpackMark(key.slice(at + 1), map.get(key)) : null
        if (mark) held.marks.set(key, { mark, layer, ownerId, own: ownerId === this.of.me })
        else held.marks.delete(key)
      }
      this.#tell()
    }
    map.observe((event) => read(event.keysChanged as Set<string>))
    read(map.keys())
    return raw
  }

  #drop(name: CollabName): void {
    const id = JSON.stringify(name)
    this.#held.get(id)?.document.close()
    this.#held.delete(id)
    this.#tell()
  }

  /** Once for all the changes of a moment. */
  #tell(): void {
    if (this.#telling || this.#closed) return
    this.#telling = true
    queueMicrotask(() => {
      this.#telling = false
      const own = [...this.#held.values()].filter(({ name }) => this.#isOwn(name))
      // Own marks in the common layer are shown out of the own document, where they are sooner; until that is open, out of the common one.
      const mine = new Set(own.filter(({ layer }) => layer === 'meeting').flatMap(({ marks }) => [...marks.keys()]))
      const opened = own.some(({ layer }) => layer === 'meeting')
      const others = [...this.#held.values()].filter(({ name }) => !this.#isOwn(name)).flatMap(({ marks }) => [...marks].filter(([key, one]) => !(one.own && (opened || mine.has(key)))).map(([, one]) => one))
      this.#shown.value = [...others, ...own.flatMap(({ marks }) => [...marks.values()])].sort((a, b) => a.mark.at - b.mark.at)
      triggerRef(this.#shown)
    })
  }
}

/** Undone is one's own, and what one has just done; a long day's work is not taken apart step by step. */
const mostSteps = 200
/** So long nobody else has had time to read it. */
const noticedAfter = 10_000

/** Follows whose shared layers are open to this person. */
export function followShares(layers: MarkLayers, owners: () => readonly string[]): () => void {
  return watch(owners, (now) => layers.follow(now), { immediate: true })
}
