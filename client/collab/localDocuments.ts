import type { CollabName } from '../../shared/contracts/collab.ts'

/**
 * Where documents are kept on this device, so that they can be read and edited without a network (`client/offline` implements it). Updates are
 * Yjs updates (version 1); their order does not matter, and the same one may be kept twice.
 */
export interface LocalDocuments {
  /** What is kept of a document (`collabNameOf`); empty when nothing. */
  load(name: string): Promise<Uint8Array[]>
  /** Adds one update; resolves when it survives the page. */
  append(name: string, update: Uint8Array): Promise<void>
  /** Puts `state` in the place of everything that `load` and `append` of this page have seen so far. */
  compact(name: string, state: Uint8Array): Promise<void>
  /** Whether it holds something that may not have reached the hub, so that it is brought there also when nobody opens it again. */
  unsent(name: string, isUnsent: boolean): Promise<void>
}

type Find = (name: CollabName) => LocalDocuments | undefined

let find: Find = () => undefined

/** Who keeps documents on this device says where; asked when a document is opened without `OpenOptions.local`. */
export function keepDocumentsIn(finding: Find): void {
  find = finding
}

export function keptDocuments(name: CollabName): LocalDocuments | undefined {
  return find(name)
}
