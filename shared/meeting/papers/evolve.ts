import { entry, withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Paper, PaperReceipts, PaperRules, PaperVersion } from './state.ts'

export function evolvePapers(papers: Record<string, Paper>, fact: VisibleFact): Record<string, Paper> {
  switch (fact.type) {
    case 'paper.attached': {
      const { proposed, ...data } = fact.data
      const fresh = { version: 1, at: fact.at, by: fact.by, changedPages: null, reason: null, access: null, earlier: [], next: null }
      return withEntry(papers, data.paperId, { ...data, ...fresh, status: proposed ? 'draft' : 'approved' })
    }
    case 'paper.replaced':
    case 'paper.submitted':
    case 'paper.approved':
    case 'paper.returned':
    case 'paper.withdrawn':
    case 'paper.compared': {
      const paper = entry(papers, fact.data.paperId)
      return paper ? withEntry(papers, paper.paperId, handedIn(paper, fact)) : papers
    }
    case 'paper.renamed':
    case 'paper.moved':
    case 'paper.accessChanged':
      return withChange(papers, fact.data.paperId, fact.data)
    case 'paper.detached':
      return withoutEntry(papers, fact.data.paperId)
    default:
      return papers
  }
}

type HandingFact = Extract<VisibleFact, { type: 'paper.replaced' | 'paper.submitted' | 'paper.approved' | 'paper.returned' | 'paper.withdrawn' | 'paper.compared' }>

function handedIn(paper: Paper, fact: HandingFact): Paper {
  const { next } = paper
  switch (fact.type) {
    case 'paper.replaced': {
      const { paperId: _paper, proposed, ...file } = fact.data
      const version = { ...file, at: fact.at, by: fact.by }
      if (paper.status !== 'approved') return { ...paper, ...version, changedPages: null, status: proposed ? 'draft' : 'approved', reason: null }
      return proposed ? { ...paper, next: { ...version, status: 'draft', reason: null } } : inUse(paper, version)
    }
    case 'paper.submitted': {
      const change = { status: 'submitted', reason: null, late: fact.data.late ? { allowedBy: null } : null } as const
      return next ? { ...paper, next: { ...next, ...change } } : { ...paper, ...change }
    }
    case 'paper.approved': {
      const allowed = ({ late }: PaperVersion) => ({ late: late && { allowedBy: fact.by } })
      return next ? inUse(paper, { ...versionOnly(next), ...allowed(next) }) : { ...paper, ...allowed(paper), status: 'approved', reason: null }
    }
    case 'paper.returned': {
      const change = { status: 'returned', reason: fact.data.reason } as const
      return next ? { ...paper, next: { ...next, ...change } } : { ...paper, ...change }
    }
    case 'paper.withdrawn':
      return { ...paper, next: null }
    case 'paper.compared': {
      const { version, changedPages } = fact.data
      if (next?.version === version) return { ...paper, next: { ...next, changedPages } }
      if (paper.version === version) return { ...paper, changedPages }
      return { ...paper, earlier: paper.earlier.map((one) => (one.version === version ? { ...one, changedPages } : one)) }
    }
  }
}

function inUse(paper: Paper, version: PaperVersion): Paper {
  return { ...paper, ...version, next: null, earlier: [...paper.earlier, versionOnly(paper)] }
}

function versionOnly({ version, sha256, size, pages, name, original, at, by, changedPages, late }: PaperVersion): PaperVersion {
  return { version, sha256, size, pages, name, original, at, by, changedPages, late }
}

export function evolvePaperRules(rules: PaperRules, fact: VisibleFact): PaperRules {
  return fact.type === 'papers.rulesSet' ? { ...rules, ...fact.data } : rules
}

export function evolveReceipts(receipts: Record<string, PaperReceipts>, fact: VisibleFact): Record<string, PaperReceipts> {
  switch (fact.type) {
    case 'paper.opened': {
      const { paperId, personId, version } = fact.data
      return withEntry(receipts, paperId, withEntry(entry(receipts, paperId) ?? {}, personId, { version, at: fact.at }))
    }
    case 'paper.detached':
      return entry(receipts, fact.data.paperId) ? withoutEntry(receipts, fact.data.paperId) : receipts
    default:
      return receipts
  }
}
