import type { CollabName } from '../../shared/contracts/collab.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'

/** What moves in a meeting all the time, and is no ground for anybody's right to a document. */
const moving = new Set<string>(['seq', 'votes', 'attendance', 'floorEntries', 'presentation', 'hands', 'rollCall', 'quorum', 'seatPlans'] satisfies (keyof MeetingState)[])

/** Whether steps may have changed what somebody may do with a document. What is new in the state counts until it is named above. */
export function mayChangeRights(steps: readonly Step[]): boolean {
  const [before, after] = [steps[0]?.before, steps.at(-1)?.after] as [Record<string, unknown> | undefined, Record<string, unknown> | undefined]
  if (!before || !after) return false
  return Object.keys(after).some((part) => !moving.has(part) && after[part] !== before[part])
}

/** The name that shows whether a person may know of what a name is about, without being let in to it. */
export function publicNameOf(name: CollabName): CollabName {
  return name.kind === 'ink' ? { kind: 'common', meetingId: name.meetingId, paperId: name.paperId, version: name.version } : name
}
