import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { RecordingParams, RecordingsAnswer } from '../../shared/contracts/http/recordings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { manageRefusal, watchRefusal } from '../../shared/meeting/recording/rules.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { formatDate } from '../../shared/vietnamese/dates.ts'
import type { Audit } from '../audit/audit.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { contentDisposition } from '../papers/names.ts'
import { wantedRange } from '../papers/range.ts'
import type { MeetingRecordings } from '../recordings/recordings.ts'
import { actorOf, signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { languageOf } from './language.ts'
import type { Downloads } from './paper-file.ts'

export interface RecordingRoutesParts { recordings: MeetingRecordings; hosts: MeetingHosts; audit: Audit; downloads: Pick<Downloads, 'guard' | 'note'> }

type Rule = (view: MeetingView, personId: string) => Refusal | null
const nothing = Type.Object({}, { additionalProperties: false })

/** What was recorded of a meeting: for those alone whom its rules let have it. Who has it (once an hour) and every removal is in the audit record. */
export function recordingRoutes(plain: FastifyInstance, { recordings, hosts, audit, downloads }: RecordingRoutesParts): void {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  /** The meeting as the asker sees it; null when the answer has been given. */
  async function allowed(request: FastifyRequest, reply: FastifyReply, meetingId: string, rule: Rule): Promise<MeetingView | null> {
    const personId = signedInPerson(request).id
    const view = await hosts.view(meetingId, personId)
    const wrong = view ? rule(view, personId) : refusal('notFound')
    if (!wrong) return view
    refuse(request, reply, wrong)
    return null
  }

  app.get('/api/meetings/:meetingId/recordings', {
    config: { access: 'person' },
    schema: { summary: 'What was recorded of a meeting, and how far its files are', params: MeetingParams, response: answers(RecordingsAnswer) },
  }, async (request, reply) => {
    const { meetingId } = request.params
    const view = await allowed(request, reply, meetingId, watchRefusal)
    if (!view) return reply
    reply.header('cache-control', 'no-store')
    return { recordings: await recordings.of(meetingId), mayManage: manageRefusal(view, signedInPerson(request).id) === null }
  })

  app.get('/api/meetings/:meetingId/recordings/:recordingId/file', {
    config: { access: 'person' },
    exposeHeadRoute: false,
    schema: { summary: 'A recording as MP4: whole, or one range of it', produces: ['video/mp4'], params: RecordingParams, response: answers(Type.Unsafe<unknown>({ type: 'string', format: 'binary' })) },
  }, async (request, reply) => {
    const { meetingId, recordingId } = request.params
    const view = await allowed(request, reply, meetingId, watchRefusal)
    if (!view) return reply
    const file = await recordings.file(meetingId, recordingId)
    if (!file || 'code' in file) return refuse(request, reply, file ?? refusal('notFound'))
    const range = wantedRange(request.headers.range, file.bytes)
    reply.headers({ 'accept-ranges': 'bytes', 'cache-control': 'private, no-store', vary: 'Cookie' })
    if (range === 'unsatisfiable') {
      reply.code(416).header('content-range', `bytes */${file.bytes}`).type('application/json; charset=utf-8')
      return reply.send(refusalAnswer(refusal('papers.rangeNotSatisfiable'), languageOf(request)))
    }
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
    const { start, end } = range ?? { start: 0, end: file.bytes - 1 }
    // A player asks for many parts, and may begin at any of them.
    await downloads.note(request, meetingId, recordingId, 'recording.downloaded')
    reply.headers({
      'content-type': 'video/mp4', 'content-length': end - start + 1, 'content-disposition': contentDisposition('attachment', nameOf(view.details.title, file.endedAt)),
      'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff',
    })
    const content = file.content({ start, end })
    const personId = signedInPerson(request).id
    downloads.guard(content, request, async () => {
      const still = await hosts.view(meetingId, personId)
      return still !== null && watchRefusal(still, personId) === null && await recordings.file(meetingId, recordingId) !== null
    })
    return reply.send(content)
  })

  app.post('/api/meetings/:meetingId/recordings/:recordingId/finish', {
    config: { access: 'person' },
    schema: { summary: 'Tries again to make the file of a recording that could not be finished', params: RecordingParams, response: answers(nothing) },
  }, async (request, reply) => {
    const { meetingId, recordingId } = request.params
    if (!await allowed(request, reply, meetingId, manageRefusal)) return reply
    return await recordings.retry(meetingId, recordingId) ? {} : refuse(request, reply, refusal('notFound'))
  })

  app.delete('/api/meetings/:meetingId/recordings/:recordingId', {
    config: { access: 'person' },
    schema: { summary: 'Removes a recording for ever', params: RecordingParams, response: answers(nothing) },
  }, async (request, reply) => {
    const { meetingId, recordingId } = request.params
    if (!await allowed(request, reply, meetingId, manageRefusal)) return reply
    if (!await recordings.remove(meetingId, recordingId)) return refuse(request, reply, refusal('recording.notReady'))
    const { by, address } = actorOf(request)
    await audit.record({ what: 'recording.removed', by, address, meetingId, about: recordingId })
    return {}
  })
}

function nameOf(title: string, at: number): string {
  const words = title.normalize('NFC').replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, ' ').replace(/\s+/gu, ' ').trim()
  return `${[...words].slice(0, 60).join('')} ${formatDate(at).replaceAll('/', '-')}.mp4`.trim()
}
