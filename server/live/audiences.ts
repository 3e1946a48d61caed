import { audienceOf, type Viewer } from '../../shared/meeting/audience.ts'
import type { Frame, ViewFact } from '../../shared/meeting/frame.ts'
import { changesRights, project, projectShared, type Step } from '../../shared/meeting/project.ts'

/** A screen that has joined. */
export interface Member extends Viewer {
  /** Key of the audience it is in now. */
  audience: string
}

/** What one group of durable facts means for the screens. */
export interface Published<M> {
  /** By audience key. An audience that need not be told anything is missing: its next frame covers the range. */
  shared: Map<string, Frame>
  /** For members whose own ballot, or anybody's rights, are in the group. */
  personal: Map<M, Frame>
  /** Members who may no longer look; they have left already. */
  dismissed: M[]
  /** Members who are in another audience now, with the key of the one they left. */
  moved: Map<M, string>
}

/** The screens of one meeting by what they may know, and how far each audience has been told. Knows nothing of sockets. */
export class Audiences<M extends Member> {
  readonly #members = new Set<M>()
  readonly #audiences = new Map<string, { size: number; reached: number }>()

  get size(): number {
    return this.#members.size
  }

  members(): Iterable<M> {
    return this.#members
  }

  /** Takes a member in who has been told everything up to `seq`. */
  enter(member: M, seq: number): void {
    this.#members.add(member)
    this.#count(member.audience, seq)
  }

  leave(member: M): void {
    if (this.#members.delete(member)) this.#uncount(member.audience)
  }

  /**
   * Frames for a group of steps. Without a change of rights each audience's frame is made once, whatever its size, and ballots
   * go to their voters alone. With one (rare), every member's frame is made by itself.
   */
  publish(steps: readonly Step[]): Published<M> {
    const published: Published<M> = { shared: new Map(), personal: new Map(), dismissed: [], moved: new Map() }
    const last = steps.at(-1)
    if (!last) return published
    if (steps.some(({ fact }) => changesRights(fact))) this.#tellEach(published, steps, last)
    else this.#tellAudiences(published, steps, last)
    return published
  }

  #tellAudiences({ shared, personal }: Published<M>, steps: readonly Step[], { fact: { seq: to } }: Step): void {
    const ballots = Map.groupBy(steps.filter(({ fact }) => fact.type === 'vote.cast'), ({ fact }) => fact.by ?? '')
    const others = steps.filter(({ fact }) => fact.type !== 'vote.cast')
    const told = new Map<string, ViewFact[]>()
    for (const member of this.#members) {
      let facts = told.get(member.audience)
      if (!facts) told.set(member.audience, (facts = others.flatMap((step) => sharedFacts(step, member))))
      const own = member.projector ? undefined : ballots.get(member.personId)
      if (!own) continue
      // What he may know of the group: what his audience is told, and his own ballots, in the order of the log.
      const mine = [...facts, ...(projectAll(own, member) ?? [])].sort((one, other) => one.seq - other.seq)
      personal.set(member, { from: this.#reached(member) + 1, to, facts: mine })
    }
    for (const [audience, facts] of told) {
      if (facts.length === 0) continue
      shared.set(audience, { from: (this.#audiences.get(audience)?.reached ?? 0) + 1, to, facts })
      this.#count(audience, to, 0)
    }
  }

  /** Everybody is told up to the last step, so each may go on in a new audience from there. */
  #tellEach({ personal, dismissed, moved }: Published<M>, steps: readonly Step[], last: Step): void {
    const to = last.fact.seq
    for (const member of [...this.#members]) {
      const facts = projectAll(steps, member)
      const audience = audienceOf(last.after, member)
      if (!facts || !audience) {
        this.leave(member)
        dismissed.push(member)
        continue
      }
      personal.set(member, { from: this.#reached(member) + 1, to, facts })
      if (audience.key !== member.audience) {
        moved.set(member, member.audience)
        this.leave(member)
        member.audience = audience.key
        this.enter(member, to)
      }
    }
    for (const audience of this.#audiences.values()) audience.reached = to
  }

  #reached(member: M): number {
    return this.#audiences.get(member.audience)?.reached ?? 0
  }

  #count(audience: string, reached: number, more = 1): void {
    const known = this.#audiences.get(audience)
    if (!known) this.#audiences.set(audience, { size: more, reached })
    else {
      known.size += more
      if (more === 0) known.reached = reached
    }
  }

  #uncount(audience: string): void {
    const known = this.#audiences.get(audience)
    if (known && (known.size -= 1) === 0) this.#audiences.delete(audience)
  }
}

function sharedFacts(step: Step, viewer: Viewer): ViewFact[] {
  const before = audienceOf(step.before, viewer)
  const after = audienceOf(step.after, viewer)
  return before && after ? projectShared(step, before, after) : []
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
