import { Worker } from 'node:worker_threads'
import type { Block, OutlineEntry, PageText } from '../../../../shared/papers/contents.ts'

export interface ReadBlocks { blocks: Block[]; outline: OutlineEntry[] }

/** Milliseconds. The words come out of a foreign file: what puts them together may be led into endless work. */
const longest = 60_000

/** Puts the words of all pages together to the text that one reads on in, in a thread of its own. Too hard a paper has none, only its bookmarks. */
export function readAsBlocks(pages: PageText[], bookmarks: OutlineEntry[], signal: AbortSignal): Promise<ReadBlocks> {
  const none: ReadBlocks = { blocks: [], outline: bookmarks }
  if (pages.every(page => page.runs.length === 0)) return Promise.resolve(none)
  return new Promise(resolve => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { pages, bookmarks }, resourceLimits: { maxOldGenerationSizeMb: 512 }, execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    const end = (): void => void worker.terminate()
    const timer = setTimeout(end, longest)
    signal.addEventListener('abort', end, { once: true })
    let read = none
    worker.on('message', (told: ReadBlocks) => { read = told })
    worker.on('error', () => {})
    worker.on('exit', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve(read)
    })
  })
}
