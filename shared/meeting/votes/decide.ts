import type { Commands, Deciders } from '../command.ts'
import { castDeciders } from './cast.ts'
import { conductDeciders } from './conduct.ts'
import { draftDeciders } from './draft.ts'

type VoteCommand = Extract<keyof Commands, `votes:${string}`>

export const voteDeciders: Deciders<VoteCommand> = { ...draftDeciders, ...castDeciders, ...conductDeciders }
