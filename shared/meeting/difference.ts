import { entry, mapValues } from './entities.ts'
import type { MeetingView } from './view.ts'
import type { VoteView } from './votes/state.ts'

/** The parts of a view that are maps of entities, and those that are one value. */
const mapParts = ['participants', 'items', 'papers', 'receipts', 'numbers', 'invitations', 'attendance', 'seatPlans', 'hands', 'floorEntries', 'markShares', 'comments', 'sites', 'votes'] as const
const singleParts = ['lifecycle', 'details', 'presentation', 'paperRules', 'attendanceRules', 'quorum', 'rollCall', 'floor', 'stage', 'recording', 'pause', 'me'] as const

type MapPart = (typeof mapParts)[number]
type SinglePart = (typeof singleParts)[number]

/** A vote as it is revealed to many at once leaves out `myBallot`: what a viewer knows of his own ballot stays. */
type RevealedVote = Omit<VoteView, 'myBallot'> & Partial<Pick<VoteView, 'myBallot'>>

/** What a viewer comes to know: whole entities and values, as they stand in the fresh view. */
export type Revealed = Partial<Pick<MeetingView, Exclude<MapPart, 'votes'> | SinglePart>> & { votes?: Record<string, RevealedVote> }
/** What a viewer may no longer know: ids of entities that are gone from the fresh view. */
export type Withdrawn = Partial<Record<MapPart, string[]>>

export interface ViewDifference {
  revealed: Revealed | null
  withdrawn: Withdrawn | null
}

/** What leads from one view to another; used where the fact itself would tell too much or too little. */
export function viewDifference(before: MeetingView, after: MeetingView): ViewDifference {
  const revealed: Record<string, unknown> = {}
  const withdrawn: Withdrawn = {}
  for (const part of mapParts) {
    const changed = Object.entries(after[part]).filter(([id, value]) => !same(before[part][id], value))
    const gone = Object.keys(before[part]).filter((id) => !Object.hasOwn(after[part], id))
    if (changed.length > 0) revealed[part] = Object.fromEntries(changed)
    if (gone.length > 0) withdrawn[part] = gone
  }
  for (const part of singleParts) if (!same(before[part], after[part])) revealed[part] = after[part]
  return { revealed: orNull(revealed) as Revealed | null, withdrawn: orNull(withdrawn) }
}

export function applyDifference(view: MeetingView, { revealed, withdrawn }: ViewDifference): MeetingView {
  const next: Record<string, unknown> = { ...view }
  for (const part of singleParts) if (revealed && part in revealed) next[part] = revealed[part]
  for (const part of mapParts) {
    const gone = new Set(withdrawn?.[part])
    if (gone.size === 0 && !revealed?.[part]) continue
    const kept = Object.entries(view[part]).filter(([id]) => !gone.has(id))
    next[part] = { ...Object.fromEntries(kept), ...revealed?.[part] }
  }
  if (revealed?.votes) {
    const votes = mapValues(revealed.votes, (vote) => ({ ...vote, myBallot: vote.myBallot ?? entry(view.votes, vote.voteId)?.myBallot ?? null }))
    next.votes = { ...(next.votes as MeetingView['votes']), ...votes }
  }
  return next as unknown as MeetingView
}

/** Untouched slices keep their identity through evolve, so most comparisons end at the first step. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function orNull<T extends object>(value: T): T | null {
  return Object.keys(value).length > 0 ? value : null
}
