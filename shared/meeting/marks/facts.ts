import type { Anchor } from '../../papers/anchor.ts'
import type { CommentVerdict } from './state.ts'

export interface MarkFacts {
  /** `withPersons`: everybody to whom the sender's shared layer of this paper is open from now on. */
  'marks.shared': { paperId: string; ownerId: string; withPersons: string[] }
  'comment.submitted': { commentId: string; paperId: string; version: number; personId: string; anchor: Anchor; text: string }
  'comment.withdrawn': { commentId: string }
  'comment.disclosed': { commentId: string }
  'comment.answered': { commentId: string; personId: string; verdict: CommentVerdict; text: string }
}
