import type { Collab } from '../port.ts'
import { checkBytes } from '../text.ts'
import type { Thread } from './thread.ts'

export function sqliteCollab(thread: Thread): Collab {
  return {
    async append(documentId, update) {
      checkBytes(update)
      await thread.call('collabAppend', documentId, update)
    },
    load: documentId => thread.call('collabLoad', documentId),
    async compact(documentId, upTo, state) {
      checkBytes(state)
      await thread.call('collabCompact', documentId, upTo, state)
    },
    remove: documentId => thread.call('collabRemove', documentId),
  }
}
