import type { PaperRules } from '../../../shared/meeting/papers/state.ts'

/** Whether there is something that everybody is told who reads papers: that it is recorded, or that his name lies over them. */
export function noticesReaders(meeting: { paperRules: PaperRules } | null): boolean {
  return meeting !== null && (meeting.paperRules.receipts || meeting.paperRules.watermark)
}
