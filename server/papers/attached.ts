import type { AttachedPaper } from '../../shared/contracts/http/papers.ts'
import { entry } from '../../shared/meeting/entities.ts'
import { versionsOf } from '../../shared/meeting/papers/versions.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { PaperRecord } from './records.ts'

/** What an upload has become in the meeting, as far as this view knows of it: a paper, or a version of one. */
export function attachedPaper(view: Pick<MeetingView, 'papers'>, record: Pick<PaperRecord, 'paperId' | 'replaces' | 'sha256' | 'hasText'>): AttachedPaper | null {
  const paper = entry(view.papers, record.replaces ?? record.paperId)
  const found = paper && versionsOf(paper).find(({ sha256 }) => sha256 === record.sha256)
  if (!found) return null
  const { paperId, itemId, title } = paper
  const { version, name, sha256, size, pages } = found
  return { paperId, itemId, title, version, name, sha256, size, pages, hasText: record.hasText }
}
