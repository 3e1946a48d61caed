import { parentPort, workerData } from 'node:worker_threads'
import { blocksOf } from '../../../../shared/papers/blocks/blocksOf.ts'
import type { OutlineEntry, PageText } from '../../../../shared/papers/contents.ts'
import { withBookmarks } from './outline.ts'
import type { ReadBlocks } from './read.ts'

const { pages, bookmarks } = workerData as { pages: PageText[]; bookmarks: OutlineEntry[] }
const { blocks, outline } = blocksOf(pages)
parentPort?.postMessage({ blocks, outline: withBookmarks(outline, bookmarks) } satisfies ReadBlocks)
