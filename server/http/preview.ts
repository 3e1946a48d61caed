import type { FastifyInstance } from 'fastify'
import { PreviewAnswer, PreviewParams } from '../../shared/contracts/http/preview.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal } from '../../shared/contracts/refusal.ts'
import { audienceOf } from '../../shared/meeting/audience.ts'
import { entry } from '../../shared/meeting/entities.ts'
import { may } from '../../shared/meeting/permission.ts'
import { previewOf } from '../../shared/meeting/preview.ts'
import type { Audit } from '../audit/audit.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { actorOf, signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import type { TypedApp } from './typed-app.ts'

/** A page that goes along with the meeting asks again at every change; that is one look. */
const oneLook = 10 * 60_000

/** Chair and secretary see the meeting as one of its participants does. Each look is in the audit record before anything is shown. */
export function previewRoute(plain: FastifyInstance, hosts: MeetingHosts, audit: Audit): void {
  const app = plain as TypedApp
  const noted = new Map<string, number>()

  app.get('/api/meetings/:meetingId/as/:personId', {
    config: { access: 'person' },
    schema: { summary: 'What a participant sees of a meeting, for its chair and secretary', params: PreviewParams, response: answers(PreviewAnswer) },
  }, async (request, reply) => {
    const { meetingId, personId } = request.params
    const asker = signedInPerson(request).id
    const host = await hosts.find(meetingId)
    if (!host || !audienceOf(host.state, { personId: asker, projector: false })) return refuse(request, reply, refusal('notFound'))
    if (!may(host.state, asker, 'meeting.lead')) return refuse(request, reply, refusal('permission.denied'))
    if (!entry(host.state.participants, personId)) return refuse(request, reply, refusal('participants.unknown'))
    const view = previewOf(host.state, personId)
    if (!view) return refuse(request, reply, refusal('preview.nothing'))
    const { by, address } = actorOf(request)
    const look = `${asker} ${meetingId} ${personId}`
    const now = Date.now()
    if (now - (noted.get(look) ?? 0) >= oneLook) {
      for (const [old, at] of noted) if (now - at >= oneLook) noted.delete(old)
      await audit.record({ what: 'meeting.previewed', by, address, meetingId, about: personId })
      noted.set(look, now)
    }
    return { view }
  })
}
