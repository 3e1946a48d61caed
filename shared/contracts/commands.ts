import { agendaCommands } from '../meeting/agenda/commands.ts'
import { attendanceCommands } from '../meeting/attendance/commands.ts'
import type { CommandType } from '../meeting/command.ts'
import { handCommands } from '../meeting/hands/commands.ts'
import { invitationCommands } from '../meeting/invitations/commands.ts'
import { floorCommands } from '../meeting/floor/commands.ts'
import { lifecycleCommands } from '../meeting/lifecycle/commands.ts'
import { markCommands } from '../meeting/marks/commands.ts'
import { paperCommands } from '../meeting/papers/commands.ts'
import { participantCommands } from '../meeting/participants/commands.ts'
import { presentationCommands } from '../meeting/presentation/commands.ts'
import { seatCommands } from '../meeting/seats/commands.ts'
import { siteCommands } from '../meeting/sites/commands.ts'
import { stageCommands } from '../meeting/stage/commands.ts'
import { recordingCommands } from '../meeting/recording/commands.ts'
import { rollCallCommands } from '../meeting/rollCall/commands.ts'
import { voteCommands } from '../meeting/votes/commands.ts'

/** The schema of every command's data. For the hub and the generated protocol page; a page needs only the types. */
export const commandSchemas = {
  ...lifecycleCommands,
  ...participantCommands,
  ...agendaCommands,
  ...paperCommands,
  ...attendanceCommands,
  ...invitationCommands,
  ...rollCallCommands,
  ...presentationCommands,
  ...seatCommands,
  ...handCommands,
  ...voteCommands,
  ...floorCommands,
  ...markCommands,
  ...siteCommands,
  ...stageCommands,
  ...recordingCommands,
}

export const commandTypes = Object.keys(commandSchemas) as CommandType[]

/** Commands that no socket may send: the hub's HTTP edge does, after checks that a socket cannot make, or the hub itself. */
export const edgeCommands: readonly CommandType[] = ['meeting:create', 'papers:attach', 'papers:replace', 'papers:tellChanges', 'votes:count', 'votes:void', 'recording:breakOff']
