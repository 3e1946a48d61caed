import type { InkLayer } from '../../../shared/contracts/collab.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { pageWordsOf } from '../../pdf/pageWords.ts'
import type { OpenedPaper } from '../../pdf/engine.ts'
import { carried, carriedId, hintsFrom, readVersion, worthCarrying } from './carry.ts'
import { MarkLayers, type LayersOf } from './layers.ts'
import type { Mark } from './mark.ts'

const layers: readonly InkLayer[] = ['private', 'shared', 'meeting']
/** The root in a private layer that says from which versions its owner's marks have been brought over already. */
const doneKey = 'carried'

/**
 * Brings this person's marks of the version before over to the open one, here on the device: the hub never reads them. Each mark once: one that
 * was brought over and then removed stays removed. Resolves with how many wait to be placed by hand.
 */
export async function carryOver(now: MarkLayers, paper: Paper, opened: OpenedPaper, options: LayersOf['options'], closed: () => boolean): Promise<void> {
  const before = paper.earlier.filter(({ version }) => version < paper.version).at(-1)
  if (!before) return
  const own = now.open('private')
  await own.whenLoaded
  const done = own.doc.getMap<number>(doneKey)
  const old = new MarkLayers({ ...now.of, version: before.version, options: (name) => ({ ...options(name), writable: false }) })
  try {
    const found = await marksOf(old, closed)
    const unknown = found.filter(({ mark }) => !done.has(carriedId(mark.id, before.version)))
    if (closed() || unknown.length === 0) return
    const version = await readVersion(opened.document.numPages, (page) => pageWordsOf(opened.document, page))
    if (closed()) return
    const hints = hintsFrom(paper.changedPages, before.pages, paper.pages)
    for (const layer of layers) {
      const here = unknown.filter((one) => one.layer === layer)
      if (here.length === 0 || !now.mayWrite(layer)) continue
      const moved = here.map(({ mark }) => carried(mark, before.version, version, hints))
      now.carry(moved, layer)
      own.doc.transact(() => moved.forEach(({ id }) => done.set(id, paper.version)))
    }
  } finally {
    old.close()
  }
}

async function marksOf(old: MarkLayers, closed: () => boolean): Promise<{ mark: Mark; layer: InkLayer }[]> {
  const found: { mark: Mark; layer: InkLayer }[] = []
  for (const layer of layers) {
    if (closed()) return []
    await old.open(layer).whenLoaded
    found.push(...worthCarrying(old.own(layer)).map((mark) => ({ mark, layer })))
  }
  return found
}
