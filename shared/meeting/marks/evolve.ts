import { entry, withChange, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { shareKey, type Comment, type MarkShare } from './state.ts'

export function evolveMarkShares(shares: Record<string, MarkShare>, fact: VisibleFact): Record<string, MarkShare> {
  switch (fact.type) {
    case 'marks.shared': {
      const { paperId, ownerId, withPersons } = fact.data
      const shareId = shareKey(paperId, ownerId)
      const known = entry(shares, shareId)
      const formerly = [...new Set([...(known?.formerly ?? []), ...(known?.withPersons ?? [])])].filter((one) => !withPersons.includes(one))
      return withEntry(shares, shareId, { shareId, paperId, ownerId, withPersons, formerly })
    }
    case 'paper.detached':
      return without(shares, (one) => one.paperId === fact.data.paperId)
    case 'participant.removed': {
      const { personId } = fact.data
      const touched = Object.values(shares).some((one) => one.ownerId === personId || one.withPersons.includes(personId) || one.formerly.includes(personId))
      if (!touched) return shares
      const rest = (list: string[]) => list.filter((one) => one !== personId)
      return Object.fromEntries(Object.entries(without(shares, (one) => one.ownerId === personId)).map(([id, one]) => [id, { ...one, withPersons: rest(one.withPersons), formerly: rest(one.formerly) }]))
    }
    default:
      return shares
  }
}

export function evolveComments(comments: Record<string, Comment>, fact: VisibleFact): Record<string, Comment> {
  switch (fact.type) {
    case 'comment.submitted':
      return withEntry(comments, fact.data.commentId, { ...fact.data, at: fact.at, withdrawnAt: null, disclosed: false, answer: null })
    case 'comment.withdrawn':
      return withChange(comments, fact.data.commentId, { withdrawnAt: fact.at })
    case 'comment.disclosed':
      return withChange(comments, fact.data.commentId, { disclosed: true })
    case 'comment.answered': {
      const { commentId, personId, verdict, text } = fact.data
      return withChange(comments, commentId, { answer: { personId, at: fact.at, verdict, text } })
    }
    case 'paper.detached':
      // Like its paper, a comment stays in the log.
      return without(comments, (one) => one.paperId === fact.data.paperId)
    default:
      return comments
  }
}

function without<T>(map: Record<string, T>, gone: (value: T) => boolean): Record<string, T> {
  return Object.values(map).some(gone) ? Object.fromEntries(Object.entries(map).filter(([, value]) => !gone(value))) : map
}
