import { refusal } from '../../shared/contracts/refusal.ts'
import type { MeetingCopy } from '../../shared/contracts/http/meetings.ts'
import { childrenOf } from '../../shared/meeting/agenda/tree.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { CommandOutcome } from './host.ts'
import type { MeetingHosts } from './hosts.ts'

/**
 * The next meeting after a model: its details, people, sites and agenda tree; nothing that happened, no papers, no votes.
 * Every step is an ordinary command with an id that follows from the copy's, so that a repeat goes on where it stopped.
 */
export async function copyMeeting(
  hosts: MeetingHosts, modelId: string, personId: string, { commandId, ...changed }: MeetingCopy,
): Promise<CommandOutcome & { meetingId: string }> {
  const model = await hosts.view(modelId, personId)
  if (!model) return { ok: false, refusal: refusal('notFound'), meetingId: '' }
  // Who has left the office since is not invited again.
  const gone = new Set(await hosts.unknownPeople(Object.keys(model.participants)))
  const participants = Object.values(model.participants).filter((one) => !gone.has(one.personId))
  const created = await hosts.create(personId, commandId, { ...model.details, ...changed, participants })
  if (!created.ok) return created
  const rules = await copyRules(hosts, model, created.meetingId, personId, commandId)
  if (!rules.ok) return { ...rules, meetingId: created.meetingId }
  const known = new Set(participants.map((one) => one.personId))
  const copyBelow = async (parentId: string | null, copyParentId: string | null): Promise<CommandOutcome | null> => {
    for (const { itemId, title, durationMinutes, unitId, presenterId, ownerIds, confidential, access } of childrenOf(model.items, parentId)) {
      const outcome = await hosts.execute(created.meetingId, personId, {
        type: 'agenda:addItem',
        commandId: `${commandId.slice(0, 40)}-${itemId.replaceAll('-', '').slice(0, 20)}`,
        data: {
          title, durationMinutes, unitId, confidential, parentId: copyParentId,
          presenterId: presenterId !== null && known.has(presenterId) ? presenterId : null,
          ownerIds: ownerIds.filter((id) => known.has(id)),
          access: access.filter((id) => known.has(id)),
        },
      })
      if (!outcome.ok) return outcome
      const failed = await copyBelow(itemId, await addedItem(hosts, created.meetingId, outcome.from))
      if (failed) return failed
    }
    return null
  }
  return { ...((await copyBelow(null, null)) ?? created), meetingId: created.meetingId }
}

/** What the model's rules say about attendance and papers holds for the next meeting too. */
async function copyRules(hosts: MeetingHosts, model: MeetingView, meetingId: string, personId: string, commandId: string): Promise<CommandOutcome> {
  const { attendanceRules, paperRules } = model
  const papers = await hosts.execute(meetingId, personId, { type: 'papers:setRules', commandId: `${commandId.slice(0, 40)}-paper-rules`, data: paperRules })
  if (!papers.ok) return papers
  return hosts.execute(meetingId, personId, { type: 'attendance:setRules', commandId: `${commandId.slice(0, 40)}-attendance-rules`, data: attendanceRules })
}

/** The id the hub gave to the item that fact `seq` added. */
async function addedItem(hosts: MeetingHosts, meetingId: string, seq: number): Promise<string | null> {
  const fact = await hosts.fact(meetingId, seq)
  return fact?.type === 'agenda.itemAdded' ? fact.data.itemId : null
}
