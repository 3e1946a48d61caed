import { parentPort, workerData } from 'node:worker_threads'
import type { OutlineEntry, PageText } from '../../../../shared/papers/contents.ts'
import type { ReadBlocks } from './read.ts'

const { bookmarks } = workerData as { pages: PageText[]; bookmarks: OutlineEntry[] }
parentPort?.postMessage({ blocks: [], outline: bookmarks } satisfies ReadBlocks)
