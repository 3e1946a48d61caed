import { contentsEdition, type ContentsRecords } from './records.ts'
import type { SearchedPage } from '../../../shared/papers/search.ts'

/** The text of one file as search compares it. `wordless`: all pages are pictures that nobody here can read. */
export interface ReadFile { state: 'making' | 'ready' | 'wordless'; pages: readonly SearchedPage[] }

export interface Library {
  pages(sha256: string): Promise<ReadFile>
  /** More has been read. */
  forget(sha256: string): void
}

/** Letters kept in memory: some two hundred papers of a meeting's usual length. */
const mostKept = 24_000_000

/** Texts that were searched lately; those asked for least lately go first. */
export function openLibrary(records: ContentsRecords): Library {
  const kept = new Map<string, { read: ReadFile; letters: number }>()
  let letters = 0

  function drop(sha256: string): void {
    letters -= kept.get(sha256)?.letters ?? 0
    kept.delete(sha256)
  }

  async function load(sha256: string): Promise<ReadFile> {
    const record = (await records.contents.get(sha256))?.value
    const pages = (await records.texts.get(sha256))?.value.pages ?? []
    const made = record?.edition === contentsEdition && (record.state === 'ready' || record.state === 'failed')
    if (!made) return { state: 'making', pages }
    return { state: record.wordless.length >= record.pages ? 'wordless' : 'ready', pages }
  }

  return {
    forget: drop,
    async pages(sha256) {
      const known = kept.get(sha256)
      if (known) {
        kept.delete(sha256)
        kept.set(sha256, known)
        return known.read
      }
      const read = await load(sha256)
      if (read.state === 'making') return read
      drop(sha256)
      const size = read.pages.reduce((sum, page) => sum + page.text.length + page.folded.length, 0)
      kept.set(sha256, { read, letters: size })
      letters += size
      for (const oldest of kept.keys()) {
        if (letters <= mostKept || oldest === sha256) break
        drop(oldest)
      }
      return read
    },
  }
}
