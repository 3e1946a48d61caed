/** A file as it was handed in, before it was converted to the PDF that is read. */
export interface PaperOriginal {
  sha256: string
  /** Bytes. */
  size: number
  /** File name as it was handed in, for saving. */
  name: string
  mediaType: string
}

/** One state of a paper's file. A version is never changed: another file is another version. */
export interface PaperVersion {
  /** From 1; each file of a paper has its own. */
  version: number
  /** Of the PDF that is read; the bytes lie in the store under it. */
  sha256: string
  /** Bytes of the PDF. */
  size: number
  pages: number
  /** File name as it was handed in, for saving. */
  name: string
  /** The file as handed in when it was converted; null when it was the PDF itself. */
  original: PaperOriginal | null
  /** When and by whom it was handed in. */
  at: number
  by: string | null
  /** Pages of this version (from 1) that differ from the one before, so notes on the others may stay; null: there is none before, or nobody knows. */
  changedPages: number[] | null
}

/** A paper (tài liệu) on an agenda item, in its present version. */
export interface Paper extends PaperVersion {
  paperId: string
  itemId: string
  /** Sort key among the item's papers. */
  rank: string
  title: string
  /** Former versions, oldest first; they stay readable. */
  earlier: PaperVersion[]
}
