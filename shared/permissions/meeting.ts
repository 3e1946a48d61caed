import type { CommandType } from '../meeting/command.ts'
import type { MeetingRole } from '../meeting/participants/state.ts'

/** What a role may do in a meeting. Anything not named is denied. */
export const meetingPermissions = [
  'meeting.prepare',
  'meeting.lead',
  'papers.manage',
  'attendance.declareSelf',
  'attendance.declareOthers',
  'attendance.checkIn',
  'invitations.reply',
  'invitations.decide',
  'rollCall.lead',
  'rollCall.answer',
  'presentation.lead',
  'votes.conduct',
  'votes.confirm',
  'votes.cast',
  'floor.request',
  'floor.conduct',
  'projector.show',
  'confidential.see',
  'marks.share',
  'comments.submit',
  'comments.conduct',
] as const
export type MeetingPermission = (typeof meetingPermissions)[number]

const anyone = ['attendance.declareSelf', 'invitations.reply', 'marks.share'] as const
const speaker = [...anyone, 'floor.request', 'comments.submit'] as const
const member = [...speaker, 'votes.cast'] as const
const leader = [
  'meeting.prepare', 'meeting.lead', 'papers.manage', 'attendance.declareOthers', 'attendance.checkIn', 'invitations.decide', 'rollCall.lead', 'rollCall.answer', 'presentation.lead', 'votes.conduct', 'votes.confirm', 'floor.conduct',
  'projector.show', 'confidential.see', 'comments.conduct', ...member,
] as const

/** The secretary acts for the chair in everything: in a real hall one of them has his hands full. */
const grants: Record<MeetingRole, readonly MeetingPermission[]> = {
  chair: leader,
  secretary: leader,
  delegate: member,
  guest: speaker,
  observer: anyone,
  presenter: speaker,
  technician: [...anyone, 'attendance.checkIn', 'rollCall.answer', 'projector.show'],
}

export function roleMay(role: MeetingRole, permission: MeetingPermission): boolean {
  return grants[role].includes(permission)
}

/** Commands that the hub sends by itself. */
export const hubCommands: readonly CommandType[] = ['votes:close', 'votes:count', 'votes:void', 'floor:pause', 'presentation:release']

/** Which permission each command asks for. 'office' commands come from the office's HTTP edge, 'hub' ones from the hub itself, neither from a socket. */
export const commandPermissions: Record<CommandType, MeetingPermission | 'office' | 'hub'> = {
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
  'papers:replace': 'papers.manage',
  'papers:rename': 'papers.manage',
  'papers:move': 'papers.manage',
  'papers:detach': 'papers.manage',
  'attendance:declare': 'attendance.declareSelf',
  'attendance:declareMany': 'attendance.declareOthers',
  'attendance:checkIn': 'attendance.checkIn',
  'attendance:setRules': 'meeting.prepare',
  'quorum:check': 'rollCall.lead',
  'invitations:see': 'invitations.reply',
  'invitations:accept': 'invitations.reply',
  'invitations:excuse': 'invitations.reply',
  'invitations:substitute': 'invitations.reply',
  'invitations:decide': 'invitations.decide',
  'rollCall:callSite': 'rollCall.lead',
  'rollCall:answer': 'rollCall.answer',
  'rollCall:finish': 'rollCall.lead',
  'presentation:start': 'presentation.lead',
  'presentation:handOver': 'presentation.lead',
  'presentation:end': 'presentation.lead',
  'presentation:hold': 'meeting.lead',
  'presentation:release': 'meeting.lead',
  'seats:draw': 'meeting.prepare',
  'seats:change': 'meeting.prepare',
  'seats:assign': 'meeting.prepare',
  'seats:clear': 'meeting.prepare',
  'hands:begin': 'votes.conduct',
  'hands:enter': 'votes.conduct',
  'hands:confirm': 'votes.confirm',
  'hands:withdraw': 'votes.conduct',
  'votes:draft': 'votes.conduct',
  'votes:change': 'votes.conduct',
  'votes:remove': 'votes.conduct',
  'votes:open': 'votes.conduct',
  'votes:extend': 'votes.conduct',
  'votes:cast': 'votes.cast',
  'votes:close': 'votes.conduct',
  'votes:closeAll': 'votes.conduct',
  'votes:publish': 'votes.conduct',
  'votes:cancel': 'votes.conduct',
  'votes:count': 'hub',
  'votes:void': 'hub',
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
  'marks:share': 'marks.share',
  'comments:submit': 'comments.submit',
  'comments:withdraw': 'comments.submit',
  'comments:disclose': 'comments.conduct',
  'comments:answer': 'comments.conduct',
}
