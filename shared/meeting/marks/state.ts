import type { Anchor } from '../../papers/anchor.ts'

/**
 * To whom somebody's shared layer of a paper is open. The notes themselves are documents (contracts/collab.ts) and never lie in the log;
 * what is private is not even named here.
 */
export interface MarkShare {
  /** `shareKey(paperId, ownerId)`. */
  shareId: string
  paperId: string
  ownerId: string
  withPersons: string[]
  /** Who could read the layer once and no longer can: told that it was taken back, not what it held. */
  formerly: string[]
}

export function shareKey(paperId: string, ownerId: string): string {
  return `${paperId}.${ownerId}`
}

/** What leaders answered to a formal comment. */
export interface CommentAnswer { personId: string; at: number; verdict: CommentVerdict; text: string }
export type CommentVerdict = 'accepted' | 'explained' | 'noted'
export const commentVerdicts: readonly CommentVerdict[] = ['accepted', 'explained', 'noted']

/** A formal comment (góp ý) on a paper. It enters the record: it is withdrawn with a mark, never removed. */
export interface Comment {
  commentId: string
  paperId: string
  /** Of the paper. */
  version: number
  personId: string
  at: number
  anchor: Anchor
  text: string
  withdrawnAt: number | null
  /** Open to all who may see the paper; until then to its author, the chair and the secretary. */
  disclosed: boolean
  answer: CommentAnswer | null
}
