import type { Collection, Records } from '../store/port.ts'

/** What the hub keeps of a paper beside the meeting's fact. Its id is `<meetingId>.<paperId>`. */
export interface PaperRecord {
  meetingId: string
  paperId: string
  itemId: string
  name: string
  title: string
  sha256: string
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
  return records.collection<PaperRecord>({ name: 'papers', indexes: ['sha256', 'meetingId', 'attached'] })
}

export const recordId = (meetingId: string, paperId: string): string => `${meetingId}.${paperId}`
