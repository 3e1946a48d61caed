import { audienceOf, type Audience, type Viewer } from '../../shared/meeting/audience.ts'
import type { Frame, ViewFact } from '../../shared/meeting/frame.ts'
import { changesRights, concerns, project, projectAcross, projectBetween, projectShared, type Step } from '../../shared/meeting/project.ts'
import { isBallot } from '../../shared/meeting/votes/facts.ts'

/** A screen that has joined. */
export interface Member extends Viewer {
  /** Key of the audience it is in now. */
  audience: string
}

/** What one group of durable facts means for the screens. */
export interface Published<M> {
  /** By audience key. An audience that need not be told anything is missing: its next frame covers the range. */
  shared: Map<string, Frame>
  /** For members whose own ballot or place in line, or anybody's rights, are in the group. */
  personal: Map<M, Frame>
  /** Members who may no longer look; they have left already. */
  dismissed: M[]
  /** Members who are in another audience now, with the key of the one they left. */
  moved: Map<M, string>
}

/** The screens of one meeting by what they may know, and how far each audience has been told. Knows nothing of sockets. */
export class Audiences<M extends Member> {
  readonly #members = new Set<M>()
  readonly #byPerson = new Map<string, Set<M>>()
  readonly #audiences = new Map<string, { members: Set<M>; reached: number }>()

  members(): Iterable<M> {
    return this.#members
  }

  /** Whether a person has a screen of his own here; a projector he opened is not one. */
  hasScreen(personId: string): boolean {
    for (const member of this.#byPerson.get(personId) ?? []) if (!member.projector) return true
    return false
  }

  /** Takes a member in who has been told everything up to `seq`. */
  enter(member: M, seq: number): void {
    this.#members.add(member)
    const own = this.#byPerson.get(member.personId)
    if (own) own.add(member)
    else this.#byPerson.set(member.personId, new Set([member]))
    const known = this.#audiences.get(member.audience)
    if (known) known.members.add(member)
    else this.#audiences.set(member.audience, { members: new Set([member]), reached: seq })
  }

  leave(member: M): void {
    if (!this.#members.delete(member)) return
    const own = this.#byPerson.get(member.personId)
    if (own?.delete(member) && own.size === 0) this.#byPerson.delete(member.personId)
    const known = this.#audiences.get(member.audience)
    if (known?.members.delete(member) && known.members.size === 0) this.#audiences.delete(member.audience)
  }

  /**
   * Frames for a group of steps. Without a change of rights each audience's frame is made once, whatever its size, and ballots
   * go to their voters alone. With one (rare), every member's frame is made by itself.
   */
  publish(steps: readonly Step[]): Published<M> {
    const published: Published<M> = { shared: new Map(), personal: new Map(), dismissed: [], moved: new Map() }
    const last = steps.at(-1)
    if (!last) return published
    if (steps.some(changesRights)) this.#tellEach(published, steps, last)
    else this.#tellAudiences(published, steps, last)
    return published
  }

  #tellAudiences({ shared, personal }: Published<M>, steps: readonly Step[], last: Step): void {
    const to = last.fact.seq
    const personally = new Map<string, Step[]>()
    for (const step of steps) for (const personId of concerns(step)) {
      const own = personally.get(personId)
      if (own) own.push(step)
      else personally.set(personId, [step])
    }
    const others = steps.filter(({ fact }) => !isBallot(fact))
    // Nobody's rights change in this group, so one look at each audience serves for all its members and all the steps.
    const told = new Map<string, { audience: Audience; facts: ViewFact[] }>()
    for (const [key, { members }] of this.#audiences) {
      const [anyone] = members
      const audience = anyone && audienceOf(last.after, anyone)
      if (audience) told.set(key, { audience, facts: others.flatMap((step) => projectShared(step, audience, audience)) })
    }
    for (const [personId, own] of personally) {
      const seqs = new Set(own.map(({ fact }) => fact.seq))
      for (const member of this.#byPerson.get(personId) ?? []) {
        const here = member.projector ? undefined : told.get(member.audience)
        if (!here) continue
        const { audience, facts } = here
        // What he may know of the group: what his audience is told, and of what concerns himself more than that, in the order of the log.
        const his = own.flatMap((step) => projectBetween(step, audience, audience, member))
        const mine = facts.length === 0 ? his : [...facts.filter(({ seq }) => !seqs.has(seq)), ...his].sort((one, other) => one.seq - other.seq)
        personal.set(member, { from: this.#reached(member) + 1, to, facts: mine })
      }
    }
    for (const [key, here] of told) {
      const known = this.#audiences.get(key)
      if (!known || here.facts.length === 0) continue
      shared.set(key, { from: known.reached + 1, to, facts: here.facts })
      known.reached = to
    }
  }

  /** Everybody is told up to the last step, so each may go on in a new audience from there. */
  #tellEach({ personal, dismissed, moved }: Published<M>, steps: readonly Step[], last: Step): void {
    const to = last.fact.seq
    for (const member of [...this.#members]) {
      const facts = projectAll(steps, member) ?? projectAcross(steps, member)
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
