import type { Store } from '../../../server/store/port.ts'

/** A store whose documents go wrong on demand; everything else is the real one's. */
export class FaultyDocuments {
  readonly store: Pick<Store, 'collab' | 'records'>
  /** Of appends and compactions that were asked for. */
  appends = 0
  compactions = 0
  /** Bytes of what was appended. */
  appended = 0
  loads = 0
  /** Milliseconds before an append reaches the disk. */
  delay = 0
  /** While true, nothing can be read, or written. */
  unreadable = false
  full = false

  constructor(real: Store) {
    const { collab } = real
    this.store = {
      records: real.records,
      collab: {
        append: async (id, update) => {
          this.appends += 1
          this.appended += update.length
          if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay))
          if (this.full) throw new Error('disk full')
          await collab.append(id, update)
        },
        load: async (id) => {
          this.loads += 1
          if (this.unreadable) throw new Error('disk unreadable')
          return collab.load(id)
        },
        compact: async (id, upTo, state) => {
          this.compactions += 1
          await collab.compact(id, upTo, state)
        },
        remove: (id) => collab.remove(id),
      },
    }
  }
}
