import type { Block, OutlineEntry, PageText } from '../../../shared/papers/contents.ts'
import type { SecrecyLevel } from '../secrecy/level.ts'
import type { Collection, Records } from '../../store/port.ts'
import type { SearchedPage } from '../../../shared/papers/search.ts'

/** Raised when reading has become better: what an older hub read is read again. */
export const contentsEdition = 1

/** What the hub has read out of one PDF. Its id is the file's SHA-256. */
export interface ContentsRecord {
  sha256: string
  edition: number
  /** `words`: words are there, letters of pictures are still being recognised. */
  state: 'making' | 'words' | 'ready' | 'failed'
  pages: number
  /** The PDF's own bookmarks. */
  bookmarks: OutlineEntry[]
  recognised: number[]
  rewritten: number[]
  wordless: number[]
  /** Pages whose letters could have been recognised, had tesseract been there. */
  unread: number[]
  /** A stamp that was found on the first page only after the paper had been attached. */
  level: SecrecyLevel | null
}

/** Words of one page; its id is `<sha256>.<page>`. */
export interface PageRecord { sha256: string; page: number; text: PageText }
/** Plain text of all pages, and the same as search compares it (kept, because folding is the dear part). Its id is the SHA-256. */
export interface TextRecord { sha256: string; pages: SearchedPage[] }
/** What one reads on in. Its id is the SHA-256. */
export interface BlocksRecord { sha256: string; blocks: Block[]; outline: OutlineEntry[] }
/** A page's picture, base64; its id is `<sha256>.<page>.<width>`. */
export interface PictureRecord { sha256: string; type: string; data: string }

export interface ContentsRecords {
  contents: Collection<ContentsRecord>
  pages: Collection<PageRecord>
  texts: Collection<TextRecord>
  blocks: Collection<BlocksRecord>
  pictures: Collection<PictureRecord>
  /** Removes all that was read out of a file. */
  remove(sha256: string): Promise<void>
}

export async function openContentsRecords(records: Records): Promise<ContentsRecords> {
  const [contents, pages, texts, blocks, pictures] = await Promise.all([
    records.collection<ContentsRecord>({ name: 'paperContents', indexes: ['state'] }),
    records.collection<PageRecord>({ name: 'paperPages', indexes: ['sha256', 'page'] }),
    records.collection<TextRecord>({ name: 'paperTexts' }),
    records.collection<BlocksRecord>({ name: 'paperBlocks' }),
    records.collection<PictureRecord>({ name: 'paperPictures', indexes: ['sha256'] }),
  ])
  return {
    contents, pages, texts, blocks, pictures,
    async remove(sha256) {
      await pages.removeWhere({ sha256 })
      await pictures.removeWhere({ sha256 })
      await texts.remove(sha256)
      await blocks.remove(sha256)
      // Last: as long as it is there, the rest is found again.
      await contents.remove(sha256)
    },
  }
}
