/** One simulated ballot as the attacker sees it, and what it truly said. */
export interface Judged {
  voteId: string
  /** Ballots whose sums were published together; to know a sum is no attack. */
  published: string
  guess: string
  truth: string
}

export interface Verdict { ballots: number; hits: number; chance: number; chiSquare: number; p: number }

/**
 * Whether guesses are better (or worse) than chance. Chance is what is left when only the published sums are known: within each of
 * them, guesses are compared with the same choices in any other order. Choices of one vote hang together, so a vote is one
 * observation: under the null each deviates by nothing on average, and the sum of deviations over its own spread is normal.
 */
export function judge(ballots: readonly Judged[]): Verdict {
  let hits = 0
  let chance = 0
  let sum = 0
  let spread = 0
  for (const vote of Map.groupBy(ballots, ({ voteId }) => voteId).values()) {
    let deviation = 0
    for (const group of Map.groupBy(vote, ({ published }) => published).values()) {
      const right = group.filter(({ guess, truth }) => guess === truth).length
      const byChance = expected(group)
      hits += right
      chance += byChance
      deviation += right - byChance
    }
    sum += deviation
    spread += deviation ** 2
  }
  const chiSquare = spread === 0 ? 0 : sum ** 2 / spread
  return { ballots: ballots.length, hits, chance, chiSquare, p: tail(chiSquare) }
}

function expected(group: readonly Judged[]): number {
  const guesses = Map.groupBy(group, ({ guess }) => guess)
  const truths = Map.groupBy(group, ({ truth }) => truth)
  let hits = 0
  for (const [choice, guessed] of guesses) hits += (guessed.length * (truths.get(choice)?.length ?? 0)) / group.length
  return hits
}

/** The upper tail of chi-square with one degree of freedom: erfc(√(x/2)), Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
export function tail(chiSquare: number): number {
  const x = Math.sqrt(chiSquare / 2)
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.min(1, polynomial * Math.exp(-(x ** 2)))
}
