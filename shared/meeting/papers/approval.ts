import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { approvalRefusal, handingStatus, isLate, ownPaperRefusal } from './rules.ts'

/** draft → submitted → approved or returned; the same road for a paper and for a new version of one. */
export const approvalDeciders: Deciders<'papers:submit' | 'papers:withdraw' | 'papers:approve' | 'papers:return'> = {
  'papers:submit': (state, { paperId }, { personId, now }) => {
    const paper = entry(state.papers, paperId)
    const wrong = ownPaperRefusal(state, personId, paper)
    if (wrong || !paper) return wrong ?? refusal('papers.unknown')
    const status = handingStatus(paper)
    if (status === 'approved') return refusal('papers.approved')
    if (status === 'submitted') return refusal('papers.awaitsApproval')
    return [{ type: 'paper.submitted', data: { paperId, late: isLate(state, paper.itemId, now) } }]
  },

  /** Takes back what nobody has approved: a new version, or the whole paper when it never was. */
  'papers:withdraw': (state, { paperId }, { personId }) => {
    const paper = entry(state.papers, paperId)
    const wrong = ownPaperRefusal(state, personId, paper)
    if (wrong || !paper) return wrong ?? refusal('papers.unknown')
    if (paper.next) return [{ type: 'paper.withdrawn', data: { paperId } }]
    return paper.status === 'approved' ? refusal('papers.approved') : [{ type: 'paper.detached', data: { paperId } }]
  },

  'papers:approve': (state, { paperId }, { personId }) =>
    approvalRefusal(state, personId, entry(state.papers, paperId)) ?? [{ type: 'paper.approved', data: { paperId } }],

  'papers:return': (state, { paperId, reason }, { personId }) =>
    approvalRefusal(state, personId, entry(state.papers, paperId)) ?? [{ type: 'paper.returned', data: { paperId, reason } }],
}
