import type { Random } from '../papers/random.ts'
import type { SeenBallot, SeenVote } from './attacker.ts'

/** What can be said of one ballot without opening it, each in a few words, so that it can be counted. */
export function features({ ballots, openedAt }: SeenVote, ballot: SeenBallot): string[] {
  const place = ballots.indexOf(ballot)
  const before = ballots[place - 1]?.at ?? openedAt
  const bytes = Buffer.from(ballot.sealed, 'base64url')
  return [
    `length ${ballot.sealed.length}`,
    `bytes ${bytes.length}`,
    `order ${Math.floor((5 * place) / ballots.length)}`,
    `after ${Math.min(5, Math.floor((ballot.at - before) / 1000))} s`,
    `since opening ${Math.floor((ballot.at - openedAt) / 60_000)} min`,
    `millisecond ${ballot.at % 3}`,
    `site ${/^site-\d/.exec(ballot.personId)?.[0]}`,
    `person ${ballot.personId}`,
    `command ${ballot.commandId[0]}`,
    ...[0, 1, 2, 3, 34, 66, bytes.length - 17, bytes.length - 16, bytes.length - 1].map((at) => `byte ${at} ${(bytes[at] ?? 0) >> 4}`),
  ]
}

/** Naive Bayes, with one imagined ballot of each kind beside those that were told. */
export class Learned {
  readonly #kinds = new Map<string, { total: number; seen: Map<string, number> }>()

  constructor(told: readonly { choice: string; features: string[] }[]) {
    for (const { choice, features: found } of told) {
      const kind = this.#kinds.get(choice) ?? { total: 0, seen: new Map<string, number>() }
      kind.total += 1
      for (const feature of found) kind.seen.set(feature, (kind.seen.get(feature) ?? 0) + 1)
      this.#kinds.set(choice, kind)
    }
  }

  /** The choice that what it was told speaks for most; one at random while it was told nothing. */
  guess(found: readonly string[], chance: Random): string {
    if (this.#kinds.size === 0) return chance.pick(['approve', 'reject'])
    let best = { choice: '', weight: -Infinity }
    for (const [choice, { total, seen }] of this.#kinds) {
      // Without the choices' own frequency: the most frequent one for everybody would be no guess at all.
      const weight = found.reduce((sum, feature) => sum + Math.log(((seen.get(feature) ?? 0) + 1) / (total + 2)), 0)
      if (weight > best.weight) best = { choice, weight }
    }
    return best.choice
  }
}
