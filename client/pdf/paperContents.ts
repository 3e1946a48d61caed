import { markRaw, onBeforeUnmount, shallowRef, watch } from 'vue'
import type { PageText, PaperContents } from '../../shared/papers/contents.ts'
import type { OpenedPaper } from './engine.ts'
import type { PassageText } from './reading-mode/blockText.ts'

/** `state` as the hub's answer tells it. */
interface Told extends PaperContents { state?: 'making' | 'ready' | 'failed' }

export type ContentsState = 'none' | 'loading' | 'ready'

/** Milliseconds until the hub is asked again whether it has read the paper through. */
const patience = 4000

/**
 * The text of the open paper, brought when something asks for it (`want`): from the hub, which knows old fonts and recognises scans, or made on
 * this device while the hub cannot give it. `address`: of the paper's contents; without it only this device is asked.
 */
export function usePaperContents(address: () => string | undefined, paper: () => OpenedPaper | null) {
  const contents = shallowRef<PaperContents | null>(null)
  /** Its texts, as search and highlights need them. */
  const passages = shallowRef<PassageText | null>(null)
  const state = shallowRef<ContentsState>('none')
  let wanted = false
  let run = 0
  let again: ReturnType<typeof setTimeout> | undefined

  async function fromHub(): Promise<Told | null> {
    const from = address()
    if (from === undefined) return null
    try {
      const answer = await fetch(from, { credentials: 'same-origin' })
      return answer.ok ? await answer.json() as Told : null
    } catch {
      return null
    }
  }

  async function load(): Promise<void> {
    const mine = ++run
    clearTimeout(again)
    if (state.value === 'none') state.value = 'loading'
    const told = await fromHub()
    if (mine !== run) return
    const complete = told !== null && (told.state ?? 'ready') === 'ready'
    if (complete && told.blocks.length > 0) {
      await show(told, mine)
      return
    }
    if (told?.state === 'making') again = setTimeout(() => void load(), patience)
    const opened = paper()
    if (contents.value || !opened) return
    const { ownContents } = await import('./ownContents.ts')
    const own = await ownContents(opened.document, () => mine === run)
    if (mine !== run || !own) return
    // Words in old fonts would look like rubbish; what the hub knows about pages is kept all the same.
    await show({ ...own, recognised: told?.recognised ?? [], rewritten: told?.rewritten ?? [] }, mine)
  }

  async function show(told: PaperContents, mine: number): Promise<void> {
    const { PassageText } = await import('./reading-mode/blockText.ts')
    if (mine !== run) return
    passages.value = markRaw(new PassageText(told.blocks))
    contents.value = markRaw(told)
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
    if (wanted) void load()
  })
  onBeforeUnmount(() => {
    run++
    clearTimeout(again)
  })

  /** The hub's words of one page, for pages whose own text layer is none or says something else. */
  async function words(page: number): Promise<PageText | null> {
    const from = address()
    if (from === undefined) return null
    try {
      const answer = await fetch(`${from.replace(/\/contents$/u, '')}/pages/${page}/words`, { credentials: 'same-origin' })
      return answer.ok ? await answer.json() as PageText : null
    } catch {
      return null
    }
  }

  return { contents, passages, state, want, words }
}
