/**
 * What the hub reads out of one PDF, once for its bytes (found by their SHA-256): its words with their places, and the text as a person
 * reads it on. Search, reading mode, outline and the anchors of notes all stand on it.
 */

/** Left, top, width, height as parts (0–1) of the page as it is seen, turned the right way round. */
export interface Box { x: number; y: number; width: number; height: number }

/** Words that stand together in one font. `text` is composed Unicode, whatever the paper was set in (TCVN3, VNI, decomposed). */
export interface TextRun extends Box {
  text: string
  /** Height of the letters, points. */
  size: number
  bold: boolean
  italic: boolean
}

/** `source` tells where the words come from; `none`: a picture without words. Width and height in points, as the page is seen. */
export interface PageText {
  width: number
  height: number
  source: 'text' | 'ocr' | 'none'
  runs: TextRun[]
  /** Straight lines and thin bars drawn on the page: the ruling of tables. Absent: nobody looked. */
  rules?: Box[]
  /** Pictures on the page (photographs, stamps, charts). Absent: nobody looked. */
  pictures?: Box[]
}

/** A cell that takes more than one place of a table: its text stands in its first place, the others are empty. Row and column from 0. */
export interface TableSpan { row: number; column: number; rows: number; columns: number }

interface BlockPlace {
  /** Counted from 1 over the whole paper, in reading order. */
  id: number
  /** From 1: the page on which it begins. */
  page: number
  box: Box
  /** The page on which it ends, when that is another. */
  endPage?: number
}

/**
 * One piece of the text, in the order in which it is read. A line break in a text stands where the paper breaks the line on purpose (headings
 * of two lines, letterheads).
 *
 * Part of a heading's line in the paper's structure: Phần = 1, Chương = 2, Mục = 3, Điều = 4; other headings by their look.
 */
export type Block = BlockPlace & (
  | { kind: 'heading'; level: 1 | 2 | 3 | 4 | 5 | 6; text: string }
  /** `side`: printed beside the paragraphs of the other side (issuing body and motto, recipients and signature). */
  | { kind: 'paragraph'; text: string; align: 'start' | 'centre' | 'end'; bold: boolean; italic: boolean; side?: 'left' | 'right' }
  /** Khoản, điểm, dashes; `marker` as printed ("1.", "a)", "–"). */
  | { kind: 'listItem'; marker: string; text: string; depth: number }
  | { kind: 'table'; rows: string[][]; headRows: number; spans?: TableSpan[] }
  /** What cannot be told as text: shown as the part of the page picture that `box` names. `text`: the words in it, if any. */
  | { kind: 'picture'; text: string }
)

export interface OutlineEntry { title: string; page: number; top: number; level: number; blockId: number | null }

/** The text of a paper for reading on: GET …/papers/:paperId/contents. */
export interface PaperContents {
  blocks: Block[]
  outline: OutlineEntry[]
  /** Pages (from 1) whose words were recognised from a picture, so may be wrong. */
  recognised: number[]
  /**
   * Pages whose text layer says something else than one reads there (an old font's coding, letters out of order): search in these goes by the
   * hub's words, not by the file's own.
   */
  rewritten: number[]
  /** Pages that have no words, because they are pictures and nothing here can recognise them. */
  wordless: number[]
}
