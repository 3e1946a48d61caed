/**
 * A disk with a cache that a power cut empties. What was synced is there afterwards; of what was not, any 512-byte block
 * may have been written or not, the last one in part; a file's size and a folder's names lag behind in the same way.
 * (Nothing is promised about order: that is what makes it harder than most real disks.)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Content } from './content.ts'
import type { DiskEvent } from './trace.ts'

const BLOCK = 512

type Change = { offset: number; data: Buffer } | { length: number }
interface File { synced: Content; unsynced: Change[] }
type Node = File | 'folder'
interface Folder { synced: Map<string, Node>; now: Map<string, Node>; unsynced: [name: string, node: Node | null][] }

export class Disk {
  readonly #folders = new Map<string, Folder>([['.', emptyFolder()]])

  apply(event: DiskEvent): void {
    if (event.op === 'mkdir') {
      this.#folders.set(event.path, emptyFolder())
      this.#name(event.path, 'folder')
    } else if (event.op === 'create') this.#name(event.path, { synced: new Content(), unsynced: [] })
    else if (event.op === 'unlink') this.#name(event.path, null)
    else if (event.op === 'rename') {
      this.#name(event.to, this.#node(event.path))
      this.#name(event.path, null)
    } else if (event.op === 'sync') this.#sync(event.path)
    else if (event.op === 'truncate') this.#file(event.path).unsynced.push({ length: event.length })
    else if (event.op === 'write') this.#file(event.path).unsynced.push({ offset: event.offset, data: event.data })
  }

  /** The disk after a cut at this moment, built below `target`. */
  build(target: string, path: string, random: () => number): void {
    mkdirSync(join(target, path), { recursive: true })
    const folder = this.#folders.get(path)!
    // Names reach the disk in order, up to some point.
    const names = new Map(folder.synced)
    for (const [name, node] of folder.unsynced.slice(0, Math.floor(random() * (folder.unsynced.length + 1)))) rename(names, name, node)
    for (const [name, node] of names) {
      if (node === 'folder') this.build(target, join(path, name), random)
      else writeFileSync(join(target, path, name), afterCut(node, random))
    }
  }

  #name(path: string, node: Node | null): void {
    const folder = this.#folders.get(dirname(path))!
    rename(folder.now, nameOf(path), node)
    folder.unsynced.push([nameOf(path), node])
  }

  #node(path: string): Node {
    const node = this.#folders.get(dirname(path))?.now.get(nameOf(path))
    if (!node) throw new Error(`no ${path} on the modelled disk`)
    return node
  }

  #file(path: string): File {
    const node = this.#node(path)
    if (node === 'folder') throw new Error(`${path} is a folder`)
    return node
  }

  #sync(path: string): void {
    const folder = this.#folders.get(path)
    if (folder) {
      folder.synced = new Map(folder.now)
      folder.unsynced = []
      return
    }
    const file = this.#file(path)
    for (const change of file.unsynced) {
      if ('length' in change) file.synced.truncate(change.length)
      else file.synced.write(change.offset, change.data)
    }
    file.unsynced = []
  }
}

const emptyFolder = (): Folder => ({ synced: new Map(), now: new Map(), unsynced: [] })
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function rename(names: Map<string, Node>, name: string, node: Node | null): void {
  if (node === null) names.delete(name)
  else names.set(name, node)
}

/** Some of the cuts lose all that was not synced, some almost nothing, the others anything between. */
function afterCut(file: File, random: () => number): Buffer {
  const mood = random()
  const kept = mood < 0.25 ? 0 : mood < 0.4 ? 1 : random()
  const content = file.synced.copy()
  for (const change of file.unsynced) {
    if ('length' in change) {
      if (random() < kept) content.truncate(change.length)
      continue
    }
    for (let at = 0; at < change.data.length;) {
      const end = Math.min(change.data.length, at + BLOCK - ((change.offset + at) % BLOCK))
      const torn = random() < 0.02 ? at + Math.floor(random() * (end - at)) : end
      if (random() < kept) content.write(change.offset + at, change.data.subarray(at, torn))
      at = end
    }
  }
  return content.bytes()
}
