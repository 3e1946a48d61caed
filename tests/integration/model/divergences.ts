import type { Dice } from '../../support/meeting/model-acts.ts'

/** Shrunk counterexamples, kept so that they never come back: what was wrong, and the throws that showed it. */
export const divergences: { was: string; start: boolean; steps: Dice[] }[] = [
  {
    was: 'a vote on a sub-item that is not on kept its parent from being finished (in the model)', start: true,
    steps: [
      { do: 'addItem', by: 0, a: 45, b: 0, flag: false }, { do: 'draft', by: 0, a: 29, b: 0, flag: false }, { do: 'startItem', by: 0, a: 16, b: 0, flag: false },
      { do: 'openVote', by: 0, a: 0, b: 0, flag: false }, { do: 'finishItem', by: 0, a: 88, b: 0, flag: false },
    ],
  },
]
