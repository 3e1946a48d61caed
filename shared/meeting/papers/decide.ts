import { refusal } from '../../contracts/refusal.ts'
import { rankBehind } from '../agenda/rank.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { MeetingState } from '../state.ts'
import { papersOf } from './order.ts'

const mostPapers = 2000
const mostVersions = 100

type PaperCommand = Extract<keyof Commands, `papers:${string}`>

export const paperDeciders: Deciders<PaperCommand> = {
  'papers:attach': (state, paper) => {
    if (!entry(state.items, paper.itemId)) return refusal('agenda.unknownItem')
    if (entry(state.papers, paper.paperId)) return refusal('papers.alreadyAttached')
    if (Object.keys(state.papers).length >= mostPapers) return refusal('papers.tooMany', { most: mostPapers })
    const rank = rankBehind(siblings(state, paper.itemId), undefined)
    if (rank === null) return refusal('papers.notSibling')
    return [{ type: 'paper.attached', data: { ...paper, original: paper.original ?? null, rank } }]
  },

  'papers:replace': (state, { paperId, ...file }) => {
    const paper = entry(state.papers, paperId)
    if (!paper) return refusal('papers.unknown')
    if (file.sha256 === paper.sha256) return refusal('papers.sameFile')
    if (paper.version >= mostVersions) return refusal('papers.tooManyVersions', { most: mostVersions })
    return [{ type: 'paper.replaced', data: { paperId, ...file, original: file.original ?? null, version: paper.version + 1 } }]
  },

  'papers:rename': (state, { paperId, title }) =>
    entry(state.papers, paperId) ? [{ type: 'paper.renamed', data: { paperId, title } }] : refusal('papers.unknown'),

  'papers:move': (state, { paperId, itemId, afterId }) => {
    const wrong = awayRefusal(state, paperId)
    if (wrong) return wrong
    if (!entry(state.items, itemId)) return refusal('agenda.unknownItem')
    const rank = rankBehind(siblings(state, itemId).filter(({ id }) => id !== paperId), afterId)
    return rank === null ? refusal('papers.notSibling') : [{ type: 'paper.moved', data: { paperId, itemId, rank } }]
  },

  'papers:detach': (state, { paperId }) => awayRefusal(state, paperId) ?? [{ type: 'paper.detached', data: { paperId } }],
}

function siblings(state: MeetingState, itemId: string) {
  return papersOf(state.papers, itemId).map((paper) => ({ id: paper.paperId, rank: paper.rank }))
}

/** A paper that is on every screen at this moment is not pulled away from under the readers. */
function awayRefusal(state: MeetingState, paperId: string) {
  if (!entry(state.papers, paperId)) return refusal('papers.unknown')
  return state.presentation?.paperId === paperId ? refusal('papers.beingPresented') : null
}
