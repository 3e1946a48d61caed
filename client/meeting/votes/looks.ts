import { Ban, CircleCheckBig, CircleMinus, CircleDashed, CircleX, FileX, Hourglass, OctagonX, Vote } from '@lucide/vue'
import type { Component } from 'vue'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'

/** How choices look everywhere: they differ by shape before colour, and a word always stands beside. `invalid` cannot be read, `silent` sent nothing. */
export const choiceLooks = {
  approve: { icon: CircleCheckBig, text: 'text-approve', fill: 'bg-approve', wash: 'bg-approve-wash', edge: 'border-approve' },
  reject: { icon: OctagonX, text: 'text-reject', fill: 'bg-reject', wash: 'bg-reject-wash', edge: 'border-reject' },
  abstain: { icon: CircleMinus, text: 'text-ink', fill: 'bg-line-strong', wash: 'bg-sunken', edge: 'border-ink-quiet' },
  invalid: { icon: FileX, text: 'text-caution', fill: 'bg-caution', wash: 'bg-caution-wash', edge: 'border-caution' },
  silent: { icon: CircleDashed, text: 'text-ink-quiet', fill: 'bg-line', wash: 'bg-sunken', edge: 'border-line-strong' },
} as const satisfies Record<Choice | 'invalid' | 'silent', unknown>

export interface OutcomeLook {
  icon: Component
  text: string
  wash: string
  /** Key of the word that stands beside it. */
  words: string
}

/** How a vote stands: running, waiting for its result, cancelled, carried or not. A list is won or not rather than carried. */
export function outcomeOf({ status, result, matter }: Pick<VoteView, 'status' | 'result' | 'matter'>): OutcomeLook {
  if (status === 'open') return { icon: Vote, text: 'text-lotus', wash: 'bg-lotus-wash', words: 'meeting.votes.open' }
  if (status === 'cancelled') return { icon: Ban, text: 'text-ink-quiet', wash: 'bg-caution-wash', words: 'meeting.votes.cancelledShort' }
  if (!result) return { icon: Hourglass, text: 'text-ink-quiet', wash: 'bg-sunken', words: 'votes.waiting.word' }
  const list = matter.kind === 'election'
  return result.passed
    ? { icon: CircleCheckBig, text: 'text-approve', wash: 'bg-approve-wash', words: list ? 'votes.result.elected' : 'meeting.votes.passed' }
    : { icon: CircleX, text: 'text-reject', wash: 'bg-reject-wash', words: list ? 'votes.result.nobody' : 'meeting.votes.failed' }
}
