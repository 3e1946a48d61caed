import { evolve } from '../../shared/meeting/evolve.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import type { Step } from '../../shared/meeting/project.ts'
import { emptyMeeting, type MeetingState } from '../../shared/meeting/state.ts'
import type { CommandTrace, Store } from '../store/port.ts'
import { genesisHash } from './chain.ts'
import { logIdOf, readMeetingLog } from './meeting-log.ts'
import type { Snapshots } from './snapshots.ts'

/** A repeat of a command is answered from what its first sending caused. */
export type CommandIndex = Map<string, Omit<CommandTrace, 'commandId'>>

/** A meeting in memory: the state, where its log ends, and which commands it has answered. */
export interface LiveMeeting {
  state: MeetingState
  /** Hash of the last append. */
  hash: string
  commands: CommandIndex
  /** How far the snapshot reached that it was loaded from. */
  snapshotSeq: number
  /** What it was loaded from besides the snapshot: who comes back after a restart of the hub is told what he missed, not everything. */
  recent: Step[]
  /** Resolves when `commands` knows every command of the log; before that no command may be decided. A failure is tried again. */
  indexed(): Promise<void>
}

/** Folds facts onto a state, keeping each step for whoever publishes it. */
export function foldSteps(state: MeetingState, facts: readonly Fact[]): Step[] {
  const steps: Step[] = []
  let before = state
  for (const fact of facts) {
    const after = evolve(before, fact)
    steps.push({ before, fact, after })
    before = after
  }
  return steps
}

export function indexCommands(commands: CommandIndex, facts: readonly Fact[]): void {
  for (const { commandId, by, seq } of facts) {
    if (commandId === null) continue
    commands.set(commandId, { by, from: commands.get(commandId)?.from ?? seq, to: seq })
  }
}

/** What was appended since the meeting's state; changes nothing. @throws BrokenChain, or what the store throws */
export async function readOn(store: Store, { state, hash: since }: LiveMeeting): Promise<{ steps: Step[]; hash: string }> {
  const steps: Step[] = []
  let last = since
  for await (const { facts, hash } of readMeetingLog(store.logs, logIdOf(state.meetingId), state.seq, since)) {
    for (const step of foldSteps(steps.at(-1)?.after ?? state, facts)) steps.push(step)
    last = hash
  }
  return { steps, hash: last }
}

/** Takes in what `readOn` has found, all of it at once: nothing may be in the state that its steps were not published for. */
export function takeIn(meeting: LiveMeeting, { steps, hash }: { steps: Step[]; hash: string }): Step[] {
  indexCommands(meeting.commands, steps.map(({ fact }) => fact))
  meeting.state = steps.at(-1)?.after ?? meeting.state
  meeting.hash = hash
  return steps
}

/**
 * A meeting from its snapshot and what came after it; seq 0 when there is no such log. Whoever looks can be served at once;
 * the commands of a long log are read behind that, and only who commands waits for them.
 */
export async function loadMeeting(store: Store, snapshots: Snapshots, meetingId: string): Promise<LiveMeeting> {
  const snapshot = await snapshots.load(meetingId)
  const meeting: LiveMeeting = {
    state: snapshot?.state ?? emptyMeeting(meetingId),
    hash: snapshot?.hash ?? genesisHash,
    commands: new Map(),
    snapshotSeq: snapshot?.state.seq ?? 0,
    recent: [],
    indexed: onceUnlessFailed(async () => {
      for await (const { commandId, ...trace } of store.logs.commands(logIdOf(meetingId))) meeting.commands.set(commandId, trace)
    }),
  }
  meeting.recent = takeIn(meeting, await readOn(store, meeting))
  meeting.indexed().catch(() => {})
  return meeting
}

function onceUnlessFailed(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => (running ??= work().catch((error: unknown) => {
    running = null
    throw error
  }))
}
