import type { Collab } from '../port.ts'
import type { Thread } from './thread.ts'

export function sqliteCollab(thread: Thread): Collab {
  return {
    append: (documentId, update) => thread.call('collabAppend', documentId, update),
    load: documentId => thread.call('collabLoad', documentId),
    compact: (documentId, upTo, state) => thread.call('collabCompact', documentId, upTo, state),
    remove: documentId => thread.call('collabRemove', documentId),
  }
}
