import { refusal, type Refusal } from '../contracts/refusal.ts'
import { hubCommands } from '../permissions/meeting.ts'
import { agendaDeciders } from './agenda/decide.ts'
import { attendanceDeciders } from './attendance/decide.ts'
import type { Command, CommandType, Context, Deciders, Decision } from './command.ts'
import { handDeciders } from './hands/decide.ts'
import { invitationDeciders } from './invitations/decide.ts'
import { floorDeciders } from './floor/decide.ts'
import { lifecycleDeciders } from './lifecycle/decide.ts'
import { markDeciders } from './marks/decide.ts'
import { paperDeciders } from './papers/decide.ts'
import { participantDeciders } from './participants/decide.ts'
import { closedRefusal, permissionRefusal } from './permission.ts'
import { presentationDeciders } from './presentation/decide.ts'
import { seatDeciders } from './seats/decide.ts'
import { siteDeciders } from './sites/decide.ts'
import { stageDeciders } from './stage/decide.ts'
import { recordingDeciders } from './recording/decide.ts'
import { rollCallDeciders } from './rollCall/decide.ts'
import type { MeetingState } from './state.ts'
import { voteDeciders } from './votes/decide.ts'

const deciders: Deciders<CommandType> = {
  ...lifecycleDeciders,
  ...participantDeciders,
  ...agendaDeciders,
  ...paperDeciders,
  ...attendanceDeciders,
  ...invitationDeciders,
  ...rollCallDeciders,
  ...presentationDeciders,
  ...seatDeciders,
  ...handDeciders,
  ...voteDeciders,
  ...floorDeciders,
  ...markDeciders,
  ...siteDeciders,
  ...stageDeciders,
  ...recordingDeciders,
}

/** The one pipeline of every command (its schema was checked at the edge): permission, state of the meeting, rule. */
export function decide(state: MeetingState, command: Command, context: Context): Decision {
  const denied = senderRefusal(state, command.type, context) ?? closedRefusal(state)
  if (denied) return denied
  const rule = deciders[command.type] as (state: MeetingState, data: Command['data'], context: Context) => Decision
  return rule(state, command.data, context)
}

function senderRefusal(state: MeetingState, type: CommandType, { personId, hub = false }: Context): Refusal | null {
  if (!hub) return permissionRefusal(state, personId, type)
  return hubCommands.includes(type) ? null : refusal('permission.denied')
}
