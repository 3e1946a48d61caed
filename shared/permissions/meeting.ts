import type { CommandType } from '../meeting/command.ts'
import type { MeetingRole } from '../meeting/participants/state.ts'

/** What a role may do in a meeting. Anything not named is denied. */
export const meetingPermissions = [
  'meeting.prepare',
  'meeting.lead',
  'papers.manage',
  'attendance.declareSelf',
  'attendance.declareOthers',
  'presentation.lead',
  'votes.conduct',
  'votes.cast',
  'floor.request',
  'floor.conduct',
  'projector.show',
  'confidential.see',
] as const
export type MeetingPermission = (typeof meetingPermissions)[number]

const speaker = ['attendance.declareSelf', 'floor.request'] as const
const member = [...speaker, 'votes.cast'] as const
const leader = [
  'meeting.prepare', 'meeting.lead', 'papers.manage', 'attendance.declareOthers', 'presentation.lead', 'votes.conduct', 'floor.conduct',
  'projector.show', 'confidential.see', ...member,
] as const

/** The secretary acts for the chair in everything: in a real hall one of them has his hands full. */
const grants: Record<MeetingRole, readonly MeetingPermission[]> = {
  chair: leader,
  secretary: leader,
  delegate: member,
  guest: speaker,
  observer: ['attendance.declareSelf'],
  presenter: speaker,
  technician: ['attendance.declareSelf', 'projector.show'],
}

export function roleMay(role: MeetingRole, permission: MeetingPermission): boolean {
  return grants[role].includes(permission)
}

/** Which permission each command asks for. 'office' commands come from the office's HTTP edge, never from a socket. */
export const commandPermissions: Record<CommandType, MeetingPermission | 'office'> = {
  'meeting:create': 'office',
  'meeting:change': 'meeting.prepare',
  'meeting:publish': 'meeting.prepare',
  'meeting:cancel': 'meeting.prepare',
  'meeting:open': 'meeting.lead',
  'meeting:recess': 'meeting.lead',
  'meeting:resume': 'meeting.lead',
  'meeting:end': 'meeting.lead',
  'participants:invite': 'meeting.prepare',
  'participants:change': 'meeting.prepare',
  'participants:remove': 'meeting.prepare',
  'agenda:addItem': 'meeting.prepare',
  'agenda:changeItem': 'meeting.prepare',
  'agenda:moveItem': 'meeting.prepare',
  'agenda:removeItem': 'meeting.prepare',
  'agenda:startItem': 'meeting.lead',
  'agenda:finishItem': 'meeting.lead',
  'papers:attach': 'papers.manage',
  'papers:rename': 'papers.manage',
  'papers:move': 'papers.manage',
  'papers:detach': 'papers.manage',
  'attendance:declare': 'attendance.declareSelf',
  'presentation:start': 'presentation.lead',
  'presentation:handOver': 'presentation.lead',
  'presentation:end': 'presentation.lead',
  'seats:draw': 'meeting.prepare',
  'seats:change': 'meeting.prepare',
  'seats:assign': 'meeting.prepare',
  'seats:clear': 'meeting.prepare',
  'votes:draft': 'votes.conduct',
  'votes:change': 'votes.conduct',
  'votes:remove': 'votes.conduct',
  'votes:open': 'votes.conduct',
  'votes:cast': 'votes.cast',
  'votes:close': 'votes.conduct',
  'votes:cancel': 'votes.conduct',
  'floor:request': 'floor.request',
  'floor:withdraw': 'floor.request',
  'floor:move': 'floor.conduct',
  'floor:give': 'floor.conduct',
  'floor:invite': 'floor.conduct',
  'floor:pause': 'floor.conduct',
  'floor:resume': 'floor.conduct',
  'floor:end': 'floor.conduct',
  'floor:extend': 'floor.conduct',
  'floor:readd': 'floor.conduct',
  'floor:open': 'floor.conduct',
  'floor:close': 'floor.conduct',
  'floor:configure': 'floor.conduct',
  'floor:setGroups': 'floor.conduct',
  'floor:addTime': 'floor.conduct',
}
