import type { Dump } from './dump.ts'
import type { SeenVote } from './attacker.ts'

/** As many values as there are ballots, as often each as it was chosen: the ballots in some order. */
export interface Sequence {
  choices: string[]
  /** Numbers that stood beside them and lie within the vote's time. */
  times: number[] | null
}

/**
 * Lists of a vote's ballots, in the facts that counted it or in what the hub printed meanwhile: within one value, or one value
 * from each of as many lines.
 */
export function sequencesIn({ facts, lines }: Dump, vote: SeenVote): Sequence[] {
  const found: Sequence[] = []
  const look = (values: readonly unknown[]) => {
    const sequence = asSequence(values, vote)
    if (sequence) found.push(sequence)
  }
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      look(value)
      // Whoever is on the roll cast at a known place: a roll that told choices would tell all.
      value.forEach(walk)
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  for (const { seq, data } of facts) if (seq >= vote.closedSeq && data.voteId === vote.voteId) walk(data)
  const own = lines.filter((line) => line.voteId === vote.voteId)
  for (const line of own) walk(line)
  for (const alike of Map.groupBy(own, ({ msg }) => msg).values()) look(alike)
  return found
}

function asSequence(values: readonly unknown[], { ballots, counts, openedAt }: SeenVote): Sequence | null {
  if (values.length !== ballots.length) return null
  const choices: string[] = []
  const times: number[] = []
  const last = ballots.at(-1)?.at ?? openedAt
  for (const value of values) {
    const parts = typeof value === 'object' && value !== null ? Object.values(value) : [value]
    const choice = parts.find((part) => typeof part === 'string' && part in counts)
    if (choice === undefined) return null
    choices.push(choice as string)
    const time = parts.find((part) => typeof part === 'number' && part >= openedAt - 60_000 && part <= last + 60_000)
    if (time !== undefined) times.push(time as number)
  }
  const fits = Object.entries(counts).every(([choice, count]) => choices.filter((one) => one === choice).length === count)
  return fits && new Set(choices).size > 1 ? { choices, times: times.length === choices.length ? times : null } : null
}
