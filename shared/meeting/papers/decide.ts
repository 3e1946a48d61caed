import { refusal } from '../../contracts/refusal.ts'
import { rankBehind } from '../agenda/rank.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { isLeader } from '../permission.ts'
import type { MeetingState } from '../state.ts'
import { approvalDeciders } from './approval.ts'
import { papersOf } from './order.ts'
import { handInRefusal, handingStatus, isLate, needsApproval, ownPaperRefusal } from './rules.ts'
import { atVersion } from './versions.ts'
import { seesPaper } from './visibility.ts'

const mostPapers = 2000
const mostVersions = 100

type PaperCommand = Extract<keyof Commands, `papers:${string}`>

export const paperDeciders: Deciders<PaperCommand> = {
  ...approvalDeciders,

  'papers:attach': (state, { original = null, ...paper }, { personId, now }) => {
    const wrong = handInRefusal(state, personId, paper.itemId)
    if (wrong) return wrong
    if (entry(state.papers, paper.paperId)) return refusal('papers.alreadyAttached')
    if (Object.keys(state.papers).length >= mostPapers) return refusal('papers.tooMany', { most: mostPapers })
    const rank = rankBehind(siblings(state, paper.itemId), undefined)
    if (rank === null) return refusal('papers.notSibling')
    return [{ type: 'paper.attached', data: { ...paper, original, rank, ...handing(state, personId, paper.itemId, now) } }]
  },

  'papers:replace': (state, { paperId, original = null, ...file }, { personId, now }) => {
    const paper = entry(state.papers, paperId)
    const wrong = ownPaperRefusal(state, personId, paper)
    if (wrong || !paper) return wrong ?? refusal('papers.unknown')
    const { next } = paper
    if (file.sha256 === (next ?? paper).sha256) return refusal('papers.sameFile')
    const version = (next ?? paper).version + 1
    if (version > mostVersions) return refusal('papers.tooManyVersions', { most: mostVersions })
    const handed = handing(state, personId, paper.itemId, now)
    // Put in at once, it would push aside what somebody waits to see approved.
    if (!handed.proposed && handingStatus(paper) === 'submitted') return refusal('papers.awaitsApproval')
    return [{ type: 'paper.replaced', data: { paperId, ...file, original, version, ...handed } }]
  },

  'papers:rename': (state, { paperId, title }, { personId }) => {
    const paper = entry(state.papers, paperId)
    const wrong = ownPaperRefusal(state, personId, paper)
    if (wrong) return wrong
    if (paper?.status === 'approved' && !isLeader(state, personId)) return refusal('papers.approved')
    return [{ type: 'paper.renamed', data: { paperId, title } }]
  },

  'papers:move': (state, { paperId, itemId, afterId }) => {
    const wrong = awayRefusal(state, paperId)
    if (wrong) return wrong
    if (!entry(state.items, itemId)) return refusal('agenda.unknownItem')
    const rank = rankBehind(siblings(state, itemId).filter(({ id }) => id !== paperId), afterId)
    return rank === null ? refusal('papers.notSibling') : [{ type: 'paper.moved', data: { paperId, itemId, rank } }]
  },

  'papers:detach': (state, { paperId }) => awayRefusal(state, paperId) ?? [{ type: 'paper.detached', data: { paperId } }],

  'papers:setAccess': (state, { paperId, access }) => {
    const paper = entry(state.papers, paperId)
    if (!paper) return refusal('papers.unknown')
    const known = new Set(paper.access)
    if (access?.some((one) => !known.has(one) && !entry(state.participants, one))) return refusal('agenda.unknownPerson')
    const shown = state.presentation
    // Nobody may lead the others through what he may not see himself.
    if (shown?.paperId === paperId && !seesPaper(state, shown.presenterId, { ...paper, access })) return refusal('papers.beingPresented')
    return [{ type: 'paper.accessChanged', data: { paperId, access } }]
  },

  'papers:tellChanges': (state, { paperId, version, changedPages }) => {
    const paper = entry(state.papers, paperId)
    const found = paper && atVersion(paper, version)
    if (!found) return refusal('papers.unknown')
    return found.changedPages === null ? [{ type: 'paper.compared', data: { paperId, version, changedPages } }] : refusal('papers.alreadyCompared')
  },

  'papers:setRules': (_state, rules) => [{ type: 'papers.rulesSet', data: rules }],

  'papers:open': (state, { paperId, version }, { personId }) => {
    const paper = entry(state.papers, paperId)
    if (!paper || !seesPaper(state, personId, paper) || !atVersion(paper, version) || version > paper.version) return refusal('papers.unknown')
    if (!state.paperRules.receipts) return refusal('papers.receiptsOff')
    const known = entry(entry(state.receipts, paperId) ?? {}, personId)
    return known && known.version >= version ? refusal('papers.alreadyOpened') : [{ type: 'paper.opened', data: { paperId, personId, version } }]
  },
}

/** How a file comes in: at once, allowed by who may, or as a proposal that is looked at when it is submitted. */
function handing(state: MeetingState, personId: string, itemId: string, now: number) {
  if (needsApproval(state, personId)) return { proposed: true, late: null }
  return { proposed: false, late: isLate(state, itemId, now) ? { allowedBy: isLeader(state, personId) ? personId : null } : null }
}

function siblings(state: MeetingState, itemId: string) {
  return papersOf(state.papers, itemId).map((paper) => ({ id: paper.paperId, rank: paper.rank }))
}

/** A paper that is on every screen at this moment is not pulled away from under the readers. */
function awayRefusal(state: MeetingState, paperId: string) {
  if (!entry(state.papers, paperId)) return refusal('papers.unknown')
  return state.presentation?.paperId === paperId ? refusal('papers.beingPresented') : null
}
