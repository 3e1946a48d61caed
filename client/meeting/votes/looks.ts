import { CircleCheckBig, CircleMinus, CircleDashed, OctagonX } from '@lucide/vue'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'

/** How choices look everywhere: they differ by shape before colour, and a word always stands beside. `silent` sent nothing. */
export const choiceLooks = {
  approve: { icon: CircleCheckBig, text: 'text-approve', fill: 'bg-approve', wash: 'bg-approve-wash', edge: 'border-approve' },
  reject: { icon: OctagonX, text: 'text-reject', fill: 'bg-reject', wash: 'bg-reject-wash', edge: 'border-reject' },
  abstain: { icon: CircleMinus, text: 'text-ink', fill: 'bg-line-strong', wash: 'bg-sunken', edge: 'border-ink-quiet' },
  silent: { icon: CircleDashed, text: 'text-ink-quiet', fill: 'bg-line', wash: 'bg-sunken', edge: 'border-line-strong' },
} as const satisfies Record<Choice | 'silent', unknown>
