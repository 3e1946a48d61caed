import { entry } from '../entities.ts'
import type { Choice } from './matter.ts'
import type { Channel, RollEntry } from './result.ts'

/**
 * The roll as screens are told it. In words a hall of two thousand is 200 kB a vote, for every tablet on every line; so it is two letters
 * for each of those entitled, in their order: how his vote came in, and what it was.
 */
export interface PackedRoll {
  /** Channel (`t` tablet, `h` hands, `p` telephone, `+` present without a vote, `-` absent), then choice (`a`, `r`, `n` for abstain, `-` none). */
  marks: string
  /** Candidate ids by place in the order of those entitled; of a named election only. */
  chosen: Record<string, string[]>
}

const channels: Record<Channel, string> = { tablet: 't', hands: 'h', telephone: 'p' }
const choices: Record<Choice, string> = { approve: 'a', reject: 'r', abstain: 'n' }
const channelOf = new Map(Object.entries(channels).map(([channel, letter]) => [letter, channel as Channel]))
const choiceOf = new Map(Object.entries(choices).map(([choice, letter]) => [letter, choice as Choice]))

/** @param roll has an entry for each of those entitled, in their order, as every count makes it */
export function packRoll(roll: readonly RollEntry[]): PackedRoll {
  const marks = roll.map(({ channel, present, choice }) => (channel ? channels[channel] : present ? '+' : '-') + (choice ? choices[choice] : '-'))
  return { marks: marks.join(''), chosen: Object.fromEntries(roll.flatMap(({ chosen }, place) => (chosen ? [[place, chosen]] : []))) }
}

/** The other way; null while there is no roll. */
export function unpackRoll({ entitled, roll }: { entitled: readonly string[]; roll: PackedRoll | null }): RollEntry[] | null {
  if (!roll) return null
  return entitled.map((personId, place) => {
    const [by = '-', choice = '-'] = roll.marks.slice(2 * place, 2 * place + 2)
    return { personId, present: by !== '-', channel: channelOf.get(by) ?? null, choice: choiceOf.get(choice) ?? null, chosen: entry(roll.chosen, String(place)) ?? null }
  })
}
