import { watch } from 'vue'
import { parseCollabName, type CollabName } from '../../shared/contracts/collab.ts'
import { openDocument } from '../collab/document.ts'
import { localDocuments, unsentDocuments } from './documents.ts'

/** So long the hub may take for one document, milliseconds; the others are not kept waiting for it. */
const patience = 20_000

/**
 * The hub is back: whatever was written without it, in papers that nobody has opened since, is brought to it, one after the other.
 * `isLive`: whether it still is. Answers of how many documents the hub has everything now. Never rejects.
 */
export async function bringNotes(personId: string, meetingId: string, isLive: () => boolean): Promise<number> {
  let brought = 0
  const local = localDocuments(personId, meetingId)
  for (const text of local ? await unsentDocuments(personId, meetingId).catch(() => []) : []) {
    const name = parseCollabName(text)
    if (!isLive()) break
    if (name && local && await bring(name, local)) brought += 1
  }
  return brought
}

function bring(name: CollabName, local: NonNullable<ReturnType<typeof localDocuments>>): Promise<boolean> {
  const document = openDocument(name, { local, writable: true })
  return new Promise((resolve) => {
    const end = (done: boolean) => {
      clearTimeout(late)
      stop()
      document.close()
      resolve(done)
    }
    const late = setTimeout(() => end(false), patience)
    const stop = watch(() => [document.state.connection, document.state.saved] as const, ([connection, saved]) => {
      if (connection === 'refused') end(false)
      if (connection === 'live' && saved !== 'saving') end(saved === 'saved' && document.state.writable)
    })
  })
}
