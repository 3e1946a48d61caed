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
  /** From 1; each file of a paper has its own. A version that was never approved leaves a gap. */
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
  /** Handed in after its deadline or during the session (tài liệu gửi muộn), and who allowed it; null: in time. */
  late: { allowedBy: string | null } | null
}

/** draft → submitted → approved, or returned with a reason and submitted again. Only what is approved is there for the others. */
export type PaperStatus = 'draft' | 'submitted' | 'returned' | 'approved'

/** A new version that waits for approval while the one before stays in use. */
export type ProposedVersion = PaperVersion & { status: Exclude<PaperStatus, 'approved'>; reason: string | null }

/** A paper (tài liệu) on an agenda item, in its present version. */
export interface Paper extends PaperVersion {
  paperId: string
  itemId: string
  /** Sort key among the item's papers. */
  rank: string
  title: string
  status: PaperStatus
  /** Why it was returned. */
  reason: string | null
  /** Only these of the people who see its item see the paper, besides chair and secretary; null: all of them. */
  access: string[] | null
  /** Former versions, oldest first; they stay readable. */
  earlier: PaperVersion[]
  /** Told to those alone who hand in and approve. */
  next: ProposedVersion | null
}

export const paperApprovals = ['none', 'owners', 'all'] as const
/** Whose papers the chair approves first: nobody's, those that owners of items hand in, the secretary's too. */
export type PaperApproval = (typeof paperApprovals)[number]

export interface PaperRules {
  approval: PaperApproval
  /** It is recorded who has opened which paper, and everybody is told so. */
  receipts: boolean
  /** Reader's name, unit and time across every page: over it on the screen, in the file itself where it is downloaded. */
  watermark: boolean
  /** Whether all who see a paper may save it; chair and secretary always may. */
  downloads: boolean
}

export const usualPaperRules: PaperRules = { approval: 'owners', receipts: false, watermark: false, downloads: false }

/** By person: the newest version of a paper that he has opened, and when first. */
export type PaperReceipts = Record<string, { version: number; at: number }>
