/** A paper (tài liệu) on an agenda item. The bytes lie in the store under their SHA-256. */
export interface Paper {
  paperId: string
  itemId: string
  /** Sort key among the item's papers. */
  rank: string
  title: string
  /** File name as it was handed in, for saving. */
  name: string
  sha256: string
  /** Bytes. */
  size: number
  pages: number
}
