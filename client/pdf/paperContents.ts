import { markRaw, onBeforeUnmount, shallowRef, watch } from 'vue'
import type { PageText, PaperContents } from '../../shared/papers/contents.ts'
import type { OpenedPaper } from './engine.ts'
import { askHub } from './hubWords.ts'
import { keptContents, onKeptIn } from './keptPapers.ts'
import type { PassageText } from './reading-mode/blockText.ts'

/** `state` as the hub's answer tells it. */
interface Told extends PaperContents { state?: 'making' | 'ready' | 'failed' }

export type ContentsState = 'none' | 'loading' | 'ready'

/** Milliseconds until the hub is asked again whether it has read the paper through. */
const patience = 4000

/**
 * The text of the open paper, brought when something asks for it (`want`): as the hub has read it, which knows old fonts and recognises scans,
 * kept on this device or asked for; or made here while the hub cannot give it. `address`: of the paper's contents; without it the hub is not asked.
 */
export function usePaperContents(address: () => string | undefined, sha256: () => string, paper: () => OpenedPaper | null) {
  const contents = shallowRef<PaperContents | null>(null)
  /** Its texts, as search and highlights need them. */
  const passages = shallowRef<PassageText | null>(null)
  const state = shallowRef<ContentsState>('none')
  let wanted = false
  /** What is shown is as the hub has read it. */
  let fromThere = false
  let run = 0
  let again: ReturnType<typeof setTimeout> | undefined

  /** Kept here it is the same as at the hub, and there without a network too. */
  async function told(): Promise<Told | null> {
    const kept = await keptContents(sha256())
    const from = address()
    return kept ?? (from === undefined ? null : await askHub<Told>(from))
  }

  async function load(): Promise<void> {
    const mine = ++run
    clearTimeout(again)
    if (state.value === 'none') state.value = 'loading'
    const answer = await told()
    if (mine !== run) return
    const complete = answer !== null && (answer.state ?? 'ready') === 'ready'
    if (complete && answer.blocks.length > 0) {
      fromThere = true
      await show(answer, mine)
      return
    }
    if (answer?.state === 'making') again = setTimeout(() => void load(), patience)
    const opened = paper()
    if (contents.value || !opened) return
    const { ownContents } = await import('./ownContents.ts')
    const own = await ownContents(opened.document, () => mine === run)
    if (mine !== run || !own) return
    // Words in old fonts would look like rubbish; what the hub knows about pages is kept all the same.
    await show({ ...own, recognised: answer?.recognised ?? [], rewritten: answer?.rewritten ?? [] }, mine)
  }

  async function show(shown: PaperContents, mine: number): Promise<void> {
    const { PassageText } = await import('./reading-mode/blockText.ts')
    if (mine !== run) return
    passages.value = markRaw(new PassageText(shown.blocks))
    contents.value = markRaw(shown)
    state.value = 'ready'
  }

  function want(): void {
    if (wanted) return
    wanted = true
    void load()
  }

  watch(paper, opened => { if (wanted && opened && !contents.value) void load() })
  watch(address, () => {
    run++
    clearTimeout(again)
    contents.value = null
    passages.value = null
    state.value = 'none'
    fromThere = false
    if (wanted) void load()
  })
  // What this device has may be within reach only after the paper was opened.
  const stopListening = onKeptIn(() => void keptContents(sha256()).then((kept) => { if (kept && wanted && !fromThere) void load() }))
  onBeforeUnmount(() => {
    stopListening()
    run++
    clearTimeout(again)
  })

  /** The words of one page as the hub has read them, for pages whose own text layer is none or says something else. */
  async function words(page: number): Promise<PageText | null> {
    const from = address()
    const told = from === undefined ? null : await askHub<PageText>(from.replace(/\/contents(?=\?|$)/u, `/pages/${page}/words`))
    return told ?? (contents.value && fromThere ? (await import('./blockWords.ts')).blockWords(contents.value, page) : null)
  }

  return { contents, passages, state, want, words }
}
