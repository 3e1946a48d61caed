import { byRank } from '../agenda/tree.ts'
import type { Paper } from './state.ts'

/** The papers of one agenda item, in order. */
export function papersOf(papers: Record<string, Paper>, itemId: string): Paper[] {
  return Object.values(papers)
    .filter((paper) => paper.itemId === itemId)
    .sort((a, b) => byRank({ rank: a.rank, id: a.paperId }, { rank: b.rank, id: b.paperId }))
}
