import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { MeetingPackage } from '../../shared/contracts/http/package.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal } from '../../shared/contracts/refusal.ts'
import type { PackageLimits } from '../../shared/papers/package.ts'
import type { Directory } from '../directory/directory.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { packageOf, packageTag } from '../papers/package.ts'
import { noneMatch } from '../papers/range.ts'
import { signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { peopleOf } from './meeting-people.ts'
import type { TypedApp } from './typed-app.ts'

/** What a tablet may keep of a meeting. A tablet that has it already is answered "not changed". */
export function packageRoute(plain: FastifyInstance, hosts: MeetingHosts, directory: Directory, limits: PackageLimits, now: () => number): void {
  const app = plain as TypedApp

  app.get('/api/meetings/:meetingId/package', {
    config: { access: 'person' },
    schema: { summary: 'What the asker may keep of a meeting to go on without a network', params: MeetingParams, response: { ...answers(MeetingPackage), 304: Type.Null() } },
  }, async (request, reply) => {
    const view = await hosts.view(request.params.meetingId, signedInPerson(request).id)
    if (!view) return refuse(request, reply, refusal('notFound'))
    const answer = packageOf(view, await peopleOf(view, directory), now(), limits)
    const tag = packageTag(answer)
    // The tablet keeps it sealed by itself; the browser's own store would keep it in clear.
    reply.headers({ etag: tag, 'cache-control': 'no-store', vary: 'Cookie' })
    return noneMatch(request.headers['if-none-match'], tag) ? answer : reply.code(304).send(null)
  })
}
