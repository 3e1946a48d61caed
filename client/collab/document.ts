import * as decoding from 'lib0/decoding'
import { reactive } from 'vue'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { collabNameOf, collabNotice, collabPath, projectorQuery, type CollabName } from '../../shared/contracts/collab.ts'
import { fromDevice, keepLocally } from './keeping.ts'
import { keptDocuments, type LocalDocuments } from './localDocuments.ts'
import { SavedMark } from './savedMark.ts'

export interface DocumentState {
  /** connecting: never reached the hub so far. away: cut off, trying again. refused: the hub said no, nothing is tried any more. */
  connection: 'connecting' | 'live' | 'away' | 'refused'
  /** Whether edits are taken: what `OpenOptions.writable` said until the hub says it itself. */
  writable: boolean
  /**
   * saved: on the hub's disk. saving: on its way, to the hub or to this device. onDevice: this device has it, also when the page is closed, until the
   * hub is reached. offline: in this page alone. dropped: edited here, and the hub took it no more (rights lost, meeting closed).
   */
  saved: 'saved' | 'saving' | 'onDevice' | 'offline' | 'dropped'
  /** The close code (`collabClosings`) of a refusal. */
  refusal: number | null
}

export interface OpenDocument {
  readonly doc: Y.Doc
  readonly state: DocumentState
  /** Resolves when what can be had is there: the hub's content, or without the hub what this device has kept. Never rejects. */
  readonly whenLoaded: Promise<void>
  /** Leaves the hub; what was edited here and has not reached it stays with `LocalDocuments`. */
  close(): void
}

export interface OpenOptions {
  local?: LocalDocuments
  /** Whether this person may write as far as the page knows (`documentAccess`), for editing before the hub is reached. */
  writable?: boolean
  projector?: boolean
  /** The hub's address (`wss://…`) when it is not the page's own. */
  hub?: string
  /** What connects, where it is not the browser. */
  Socket?: typeof WebSocket
}

/** Opens a document at the hub. The Y.Doc is never to be made reactive. */
export function openDocument(name: CollabName, options: OpenOptions = {}): OpenDocument {
  const doc = new Y.Doc()
  const place = options.local ?? keptDocuments(name)
  const state = reactive<DocumentState>({ connection: 'connecting', writable: options.writable ?? false, saved: 'saved', refusal: null })
  const mark = new SavedMark()
  // Presence belongs on Socket.IO: awareness would cost messages by the square of the people (TRAPS.md).
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  const provider = new WebsocketProvider(options.hub ?? hubAddress(), `${collabPath.slice(1)}/${collabNameOf(name)}`, doc, {
    connect: false,
    awareness,
    // It would join the tabs of different users.
    disableBc: true,
    // Without awareness nothing may come for long, and y-websocket would take that for a dead line.
    resyncInterval: 20_000,
    ...(options.projector ? { params: { [projectorQuery]: '1' } } : {}),
    WebSocketPolyfill: tellingSocket(options.Socket ?? WebSocket, mark),
  })
  const kept = place ? keepLocally(doc, collabNameOf(name), place, () => tell()) : null
  let dropped = false
  /** Edited since this page has it; what was read from the device may have been saved long ago. */
  let editedHere = false
  const tell = () => {
    const readOnly = state.connection === 'live' && !state.writable
    if (dropped || (readOnly && editedHere && mark.unsaved)) state.saved = 'dropped'
    else if (!mark.unsaved || readOnly) state.saved = 'saved'
    else if (state.connection === 'live' || kept?.standing === 'keeping') state.saved = 'saving'
    else state.saved = kept?.standing === 'kept' ? 'onDevice' : 'offline'
    noteUnsent()
  }
  /** What this device was told last about it. */
  let unsent: boolean | null = null
  function noteUnsent(): void {
    const now = editedHere && mark.unsaved && !dropped
    // The hub has it, or has been asked and will not take it.
    const settled = state.connection === 'refused' || (state.connection === 'live' && (!mark.unsaved || !state.writable))
    if (now === unsent || !(now || settled)) return
    unsent = now
    void place?.unsent(collabNameOf(name), now).catch(() => undefined)
  }

  provider.messageHandlers[collabNotice.type] = (_encoder: unknown, decoder: decoding.Decoder) => {
    const kind = decoding.readVarUint(decoder)
    const value = decoding.readVarUint(decoder)
    if (kind === collabNotice.rights) state.writable = value === 1
    if (kind === collabNotice.dropped) dropped = true
    if (kind === collabNotice.saved) mark.answered(value)
    tell()
  }
  provider.on('status', ({ status }) => {
    if (status === 'connecting') return
    if (status === 'connected') {
      mark.connected()
      provider.ws?.send(new Uint8Array([collabNotice.type, collabNotice.ask]))
    }
    // Live is only who has been let in: the hub accepts every line before it refuses it.
    if (status === 'disconnected' && state.connection !== 'refused') state.connection = 'away'
    tell()
  })
  provider.on('connection-close', () => {
    if (state.connection === 'connecting') state.connection = 'away'
    tell()
  })
  provider.on('closed', ({ code }) => {
    state.connection = 'refused'
    state.refusal = code
    state.writable = false
    tell()
  })
  provider.on('sync', (synced) => {
    if (synced) state.connection = 'live'
    tell()
  })

  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    mark.edited()
    editedHere ||= origin !== fromDevice
    tell()
  })
  let closed = false
  const synced = new Promise<void>((resolve) => {
    provider.once('sync', () => resolve())
    if (!place) return
    provider.once('connection-close', () => resolve())
  })
  const local = kept?.loaded ?? Promise.resolve(false)
  // Closing the page would lose it; the browser asks whether that is meant.
  const warn = (event: Event) => { if (state.saved === 'offline') event.preventDefault() }
  globalThis.addEventListener?.('beforeunload', warn)
  // A line that was cut while it was being made would be waited for long after the network is back.
  const wake = () => {
    if (closed || state.connection === 'live' || state.connection === 'refused') return
    provider.disconnect()
    provider.connect()
  }
  globalThis.addEventListener?.('online', wake)
  void local.finally(() => closed || provider.connect())

  return {
    doc,
    state,
    whenLoaded: local.then((some) => (some ? undefined : synced)),
    close() {
      closed = true
      globalThis.removeEventListener?.('beforeunload', warn)
      globalThis.removeEventListener?.('online', wake)
      kept?.stop()
      leave(provider)
      awareness.destroy()
      doc.destroy()
    },
  }
}

/** A line that is being made is let come about first: given up before, the browser complains of it where its owner looks for faults. */
function leave(provider: WebsocketProvider): void {
  const line = provider.ws
  if (line?.readyState !== 0) return provider.destroy()
  provider.shouldConnect = false
  line.addEventListener('open', () => line.close())
  line.addEventListener('close', () => provider.destroy())
}

function hubAddress(): string {
  return location.origin.replace(/^http/, 'ws')
}

/** A socket that tells the mark what goes out: y-websocket answers a sync by itself and tells nobody. */
function tellingSocket(Socket: typeof WebSocket, mark: SavedMark): typeof WebSocket {
  return class extends Socket {
    override send(message: Uint8Array<ArrayBuffer>): void {
      mark.sent(message)
      super.send(message)
    }
  }
}
