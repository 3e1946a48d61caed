import type { Choice } from './matter.ts'
import type { QuestionCounts } from './result.ts'

/** Issue 2 knew named votes on one question only, cast on tablets, each by itself. */
const asThen = { method: 'named', matter: { kind: 'question' }, sittingId: null, closesAfterSeconds: null }
const none: QuestionCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0 }

interface Ruled { rule: object }
interface CountedThen {
  voteId: string
  result: { counts: QuestionCounts }
  roll: { personId: string; present: boolean; choice: Choice | null }[]
}

function fixed<T extends Ruled>(data: T): T {
  return { ...data, rule: { ...data.rule, changeable: false } }
}

/** Facts of votes of version 1, brought to version 2. */
export const voteUpcasters: Record<string, (data: unknown) => unknown> = {
  'vote.drafted@1': (data) => ({ ...fixed(data as Ruled), ...asThen }),
  'vote.changed@1': (data) => ({ ...fixed(data as Ruled), ...asThen }),
  'vote.opened@1': (data) => ({ ...fixed(data as Ruled), closesAt: null, publicKey: null }),
  'vote.closed@1': (data) => ({ ...(data as object), quorum: null, held: false }),
  'vote.cancelled@1': (data) => ({ ...(data as object), by: 'chair' }),
  'vote.counted@1': (data) => {
    const { voteId, result, roll } = data as CountedThen
    const { approve, reject, abstain, invalid } = result.counts
    return {
      voteId,
      result: { kind: 'question', ...result, sources: { tablet: { approve, reject, abstain, invalid }, hands: none, telephone: none }, bySite: [], revealing: null },
      roll: roll.map((one) => ({ ...one, channel: one.choice === null ? null : 'tablet', chosen: null })),
    }
  },
}

export const voteVersions = {
  'vote.drafted': 2, 'vote.changed': 2, 'vote.opened': 2, 'vote.closed': 2, 'vote.cancelled': 2, 'vote.counted': 2,
} as const
