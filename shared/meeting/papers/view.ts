import type { Audience } from '../audience.ts'
import { entry } from '../entities.ts'
import type { Fact } from '../fact.ts'
import type { Step } from '../project.ts'
import type { MeetingState } from '../state.ts'
import type { Paper, PaperReceipts } from './state.ts'
import { isPlain } from './visibility.ts'

/** The papers that an audience may know of; a version that waits for approval is left out for those whom it does not concern. */
export function papersFor(papers: Record<string, Paper>, audience: Audience): Record<string, Paper> {
  if (audience.leader) return papers
  return Object.fromEntries(
    Object.entries(papers)
      .filter(([, paper]) => audience.seesPaper(paper))
      .map(([paperId, paper]) => [paperId, paper.next === null || audience.seesProposal(paper) ? paper : withoutProposal(paper)]),
  )
}

/** Papers are immutable, so a difference of views finds the same object. */
const stripped = new WeakMap<Paper, Paper>()

function withoutProposal(paper: Paper): Paper {
  let found = stripped.get(paper)
  if (!found) stripped.set(paper, (found = { ...paper, next: null }))
  return found
}

/** Who opened what is for those alone who lead the meeting. */
export function receiptsFor({ receipts }: MeetingState, audience: Audience): Record<string, PaperReceipts> {
  return audience.leader ? receipts : {}
}

/** Whether this audience may know what is being presented; nothing is known by everybody. */
export function seesPresented(meeting: Pick<MeetingState, 'presentation' | 'papers'>, audience: Audience): boolean {
  const paper = meeting.presentation && entry(meeting.papers, meeting.presentation.paperId)
  return !meeting.presentation || (paper ? audience.seesPaper(paper) : audience.sees(meeting.presentation.itemId))
}

type PaperFact = Extract<Fact, { type: `paper.${string}` }>

export function isPaperFact(fact: Fact): fact is PaperFact {
  return fact.type.startsWith('paper.')
}

/** Whether everyone in this audience may know the fact as it is, and needs nothing besides. */
export function tellsPaperWhole({ before, fact, after }: Step & { fact: PaperFact }, seen: Audience, sees: Audience): boolean {
  if (fact.type === 'paper.opened') return seen.leader && sees.leader
  const [was, is] = [entry(before.papers, fact.data.paperId), entry(after.papers, fact.data.paperId)]
  return (!was || whole(was, seen)) && (!is || whole(is, sees))
}

function whole(paper: Paper, audience: Audience): boolean {
  return audience.seesPaper(paper) && (paper.next === null || audience.seesProposal(paper))
}

/** Whether the fact can make somebody see more or fewer papers than those with whom he shared every frame. */
export function changesPaperRights({ before, fact, after }: Step & { fact: PaperFact }): boolean {
  if (fact.type === 'paper.opened' || fact.type === 'paper.renamed') return false
  const [was, is] = [entry(before.papers, fact.data.paperId), entry(after.papers, fact.data.paperId)]
  return (was !== undefined && !isPlain(was)) || (is !== undefined && !isPlain(is))
}
