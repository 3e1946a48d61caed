import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { InvitationReplied, InvitationReply, MeetingCopy, MeetingCreated, MeetingList, MeetingParams, MeetingPeople, NewMeeting, type MeetingSummary } from '../../shared/contracts/http/meetings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal } from '../../shared/contracts/refusal.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { MeetingRole } from '../../shared/meeting/participants/state.ts'
import { roleMay } from '../../shared/permissions/meeting.ts'
import { may } from '../../shared/permissions/organisation.ts'
import type { Directory } from '../directory/directory.ts'
import { copyMeeting } from '../meetings/copy.ts'
import type { CommandOutcome, SentCommand } from '../meetings/host.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { MeetingSummaryRecord } from '../meetings/summaries.ts'
import { signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { peopleOf } from './meeting-people.ts'
import type { TypedApp } from './typed-app.ts'

/** The home page lists what begins from this long ago on, and so many before. */
const recent = 36 * 3_600_000
const pastShown = 200

/** The office work around meetings: the list at home, making and copying one, who its people are. */
export function meetingRoutes(plain: FastifyInstance, hosts: MeetingHosts, directory: Directory): void {
  const app = plain as TypedApp

  app.get('/api/meetings', {
    config: { access: 'person' },
    schema: { summary: 'The meetings of who asks', response: answers(MeetingList) },
  }, async (request) => {
    const person = signedInPerson(request)
    const now = Date.now()
    const listed = await hosts.summaries.list(person.id, now - recent, pastShown)
    const meetings = listed.flatMap(({ meetingId, summary }) => {
      const role = Object.hasOwn(summary.roles, person.id) ? summary.roles[person.id] : undefined
      return role ? summaryFor(meetingId, summary, role, person.id) : []
    })
    return { now, meetings, mayCreate: may(person.roles, 'meetings.create') }
  })

  app.post('/api/meetings', {
    config: { access: 'meetings.create' },
    schema: { summary: 'Make a meeting; its maker becomes secretary unless named otherwise', body: NewMeeting, response: answers(MeetingCreated) },
  }, async (request, reply) => {
    const { commandId, ...data } = request.body
    const { id } = signedInPerson(request)
    const participants = data.participants.some(one => one.personId === id)
      ? data.participants
      : [...data.participants, { personId: id, role: 'secretary' as const, votes: false, siteId: null }]
    const outcome = await hosts.create(id, commandId, { ...data, participants })
    return answerMeeting(request, reply, outcome)
  })

  app.post('/api/meetings/:meetingId/copy', {
    config: { access: 'meetings.create' },
    schema: { summary: 'Make the next meeting after a model', params: MeetingParams, body: MeetingCopy, response: answers(MeetingCreated) },
  }, async (request, reply) => {
    const { id } = signedInPerson(request)
    const model = await hosts.view(request.params.meetingId, id)
    const role = model?.participants[id]?.role
    if (!role || !roleMay(role, 'meeting.prepare')) return refuse(request, reply, refusal(model ? 'permission.denied' : 'notFound'))
    return answerMeeting(request, reply, await copyMeeting(hosts, request.params.meetingId, id, request.body))
  })

  app.post('/api/meetings/:meetingId/reply', {
    config: { access: 'person' },
    schema: { summary: 'Answer one’s own invitation', params: MeetingParams, body: InvitationReply, response: answers(InvitationReplied) },
  }, async (request, reply) => {
    const { id } = signedInPerson(request)
    const { meetingId } = request.params
    // Who may not look at the meeting is not told by its rules that there is one.
    if (!(await hosts.view(meetingId, id))) return refuse(request, reply, refusal('notFound'))
    const outcome = await hosts.execute(meetingId, id, replyCommand(request.body))
    if (!outcome.ok) return refuse(request, reply, outcome.refusal)
    // The list at home, asked for next, tells of it.
    await hosts.projected(meetingId)
    return {}
  })

  app.get('/api/meetings/:meetingId/people', {
    config: { access: 'person' },
    schema: { summary: 'Names of everyone and everything a meeting mentions by id', params: MeetingParams, response: answers(MeetingPeople) },
  }, async (request, reply) => {
    const view = await hosts.view(request.params.meetingId, signedInPerson(request).id)
    if (!view) return refuse(request, reply, refusal('notFound'))
    return peopleOf(view, directory)
  })
}

function summaryFor(meetingId: string, { roles, replies = {}, duties = {}, siteIds, seq: _seq, published, ...summary }: MeetingSummaryRecord, role: MeetingRole, personId: string): MeetingSummary[] {
  const mayPrepare = roleMay(role, 'meeting.prepare')
  if (!published && !mayPrepare) return []
  return [{
    meetingId, ...summary, role, mayPrepare,
    ...(entry(replies, personId) ?? { reply: 'none', decision: null }),
    duties: entry(duties, personId) ?? [],
    mayProject: roleMay(role, 'projector.show'),
    siteCount: siteIds.length,
    participantCount: Object.keys(roles).length,
  } as MeetingSummary]
}

function replyCommand({ commandId, ...said }: InvitationReply): SentCommand {
  switch (said.reply) {
    case 'accepted':
      return { type: 'invitations:accept', commandId, data: {} }
    case 'excuse':
      return { type: 'invitations:excuse', commandId, data: { reason: said.reason } }
    case 'substitute':
      return { type: 'invitations:substitute', commandId, data: { reason: said.reason, substituteId: said.substituteId } }
  }
}

function answerMeeting(request: FastifyRequest, reply: FastifyReply, outcome: CommandOutcome & { meetingId: string }) {
  return outcome.ok ? { meetingId: outcome.meetingId } : refuse(request, reply, outcome.refusal)
}
