import { audienceOf, type Viewer } from '../../shared/meeting/audience.ts'
import type { Frame, ViewFact } from '../../shared/meeting/frame.ts'
import { changesRights, project, projectShared, type Step } from '../../shared/meeting/project.ts'

/** What one group of durable facts means for the screens: one frame for each audience, and frames for single persons. */
export interface Framing<Member> {
  /** By audience key. An audience that need not be told anything is missing: its next frame covers the range. */
  shared: Map<string, Frame>
  /** For members whose own ballot or own rights are in the group. */
  personal: Map<Member, Frame>
  /** Members who may no longer look. */
  dismissed: Set<Member>
  /** Whether members may have moved to other audiences. */
  regroup: boolean
}

export interface FramedMember extends Viewer {
  /** Key of the audience the member was in before this group. */
  audience: string
}

/**
 * Frames for a group of steps. Without a change of rights, each audience's frame is made once, whatever its size, and ballots
 * go to their voters alone. With one (rare), every member's frame is made by itself.
 * @param reached the last seq each audience has been told of
 */
export function frameGroup<Member extends FramedMember>(
  steps: readonly Step[],
  members: Iterable<Member>,
  reached: (audience: string) => number,
): Framing<Member> {
  const framing: Framing<Member> = { shared: new Map(), personal: new Map(), dismissed: new Set(), regroup: false }
  const to = steps.at(-1)?.fact.seq ?? 0
  framing.regroup = steps.some(({ fact }) => changesRights(fact))
  const voters = new Set(steps.map(({ fact }) => (fact.type === 'vote.cast' ? fact.data.personId : null)))
  const seen = new Set<string>()
  for (const member of members) {
    const from = reached(member.audience) + 1
    if (framing.regroup) addPersonal(framing, member, steps, from, to)
    else {
      if (!seen.has(member.audience)) addShared(framing, member, steps, from, to)
      seen.add(member.audience)
      if (voters.has(member.personId) && !member.projector) addPersonal(framing, member, steps, from, to)
    }
  }
  return framing
}

function addShared<Member extends FramedMember>(framing: Framing<Member>, member: Member, steps: readonly Step[], from: number, to: number): void {
  const facts = steps.flatMap((step) => {
    const before = audienceOf(step.before, member)
    const after = audienceOf(step.after, member)
    return before && after ? projectShared(step, before, after) : []
  })
  if (facts.length > 0) framing.shared.set(member.audience, { from, to, facts })
}

function addPersonal<Member extends FramedMember>(framing: Framing<Member>, member: Member, steps: readonly Step[], from: number, to: number): void {
  const facts = projectAll(steps, member)
  if (facts) framing.personal.set(member, { from, to, facts })
  else framing.dismissed.add(member)
}

/** What one viewer is told of steps that follow one another; null when he may not look at one of them. */
export function projectAll(steps: readonly Step[], viewer: Viewer): ViewFact[] | null {
  const facts: ViewFact[] = []
  for (const step of steps) {
    const told = project(step, viewer)
    if (!told) return null
    facts.push(...told)
  }
  return facts
}

