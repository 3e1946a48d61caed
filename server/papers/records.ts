import type { Collection, Records } from '../store/port.ts'

/**
 * What the hub keeps of one uploaded file beside the meeting's fact: every version of a paper has its own, so that its bytes stay.
 * Its id is `<meetingId>.<paperId>`.
 */
export interface PaperRecord {
  meetingId: string
  /** The upload's id, which is also the paper's unless the file replaced another one's. */
  paperId: string
  /** The paper that it became a version of; older records do not have it. */
  replaces?: string | null
  itemId: string
  name: string
  title: string
  sha256: string
  /** Of the file as it was handed in, when it was converted; older records do not have it. */
  originalSha256?: string | null
  size: number
  pages: number
  hasText: boolean
  uploadedBy: string
  /** Milliseconds since the epoch. */
  uploadedAt: number
  /** False from the moment the file is stored until the meeting's fact is. */
  attached: boolean
}

export type PaperRecords = Collection<PaperRecord>

export function openPaperRecords(records: Records): Promise<PaperRecords> {
  return records.collection<PaperRecord>({ name: 'papers', indexes: ['sha256', 'originalSha256', 'meetingId', 'attached'] })
}

export const recordId = (meetingId: string, paperId: string): string => `${meetingId}.${paperId}`
