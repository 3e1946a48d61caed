import type { FastifyInstance } from 'fastify'
import { IncidentLog } from '../../shared/contracts/http/incidents.ts'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal } from '../../shared/contracts/refusal.ts'
import { entry } from '../../shared/meeting/entities.ts'
import { roleMay } from '../../shared/permissions/meeting.ts'
import { incidentsOf } from '../meetings/incidents.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import type { TypedApp } from './typed-app.ts'

/** The log of incidents, for who may report on sites: the technicians' page begins with it, and the minutes take it over. */
export function incidentRoute(plain: FastifyInstance, hosts: MeetingHosts): void {
  const app = plain as TypedApp

  app.get('/api/meetings/:meetingId/incidents', {
    config: { access: 'person' },
    schema: { summary: 'When which site’s line was weak, lost or replaced by the telephone', params: MeetingParams, response: answers(IncidentLog) },
  }, async (request, reply) => {
    const { meetingId } = request.params
    const { id } = signedInPerson(request)
    const view = await hosts.view(meetingId, id)
    if (!view) return refuse(request, reply, refusal('notFound'))
    const role = entry(view.participants, id)?.role
    if (!role || !roleMay(role, 'sites.report')) return refuse(request, reply, refusal('permission.denied'))
    return { incidents: [...(await incidentsOf(hosts.facts(meetingId)))] }
  })
}
