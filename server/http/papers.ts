import { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  ChunkQuery, ConversionState, PaperFileQuery, PaperParams, UploadAnswer, UploadParams, UploadQuery, UploadState,
} from '../../shared/contracts/http/papers.ts'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { officeKinds, pictureKinds } from '../papers/conversion/kinds.ts'
import { isRefused } from '../papers/inspect.ts'
import type { Papers, UploadTarget } from '../papers/papers.ts'
import { signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { meetingBookRoute } from './meeting-book.ts'
import { paperCopyRoutes } from './paper-copies.ts'
import { sendPaper, openDownloads } from './paper-file.ts'

export interface PaperRouteParts { papers: Papers; hosts: MeetingHosts; directory: Directory; audit: Audit; now(): number }

/** The header is believed as little as the name; what counts is the bytes. */
const uploadTypes = ['application/pdf', 'application/octet-stream', ...new Set([...Object.values(officeKinds).map(({ mediaType }) => mediaType), ...Object.values(pictureKinds)])]

const file = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })

/** Papers in: one piece or chunks, as a stream; papers out: with ranges, and only to whoever may see them at this moment. */
export async function paperRoutes(plain: FastifyInstance, { papers, hosts, directory, audit, now }: PaperRouteParts): Promise<void> {
  await plain.register(async scope => {
    const app = scope.withTypeProvider<TypeBoxTypeProvider>()
    // The body is handed on as it arrives; a paper is never in memory as a whole.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(uploadTypes, (_request, body, done) => done(null, body))
    const downloads = openDownloads(papers, directory, audit)

    async function take(request: FastifyRequest, reply: FastifyReply, uploadId: string, target: UploadTarget): Promise<UploadState | null> {
      const { meetingId } = request.params as { meetingId: string }
      const key = { meetingId, personId: signedInPerson(request).id, uploadId }
      const length = Number(request.headers['content-length'] ?? 0)
      const refused = await papers.uploadRefusal(key, { ...target, size: target.size ?? length })
      const result = refused ?? await papers.receive(key, target, bodyOf(request))
      discardRest(request)
      if (!isRefused(result)) return result
      refuse(request, reply, result)
      return null
    }

    app.post('/api/meetings/:meetingId/papers', {
      config: { access: 'person' },
      schema: {
        summary: 'Upload a paper in one piece', consumes: uploadTypes,
        params: MeetingParams, querystring: UploadQuery, response: answers(UploadAnswer),
      },
    }, async (request, reply) => {
      const { uploadId, ...target } = request.query
      const state = await take(request, reply, uploadId, { ...target, offset: 0, size: null })
      if (!state) return reply
      return { paper: state.paper as UploadAnswer['paper'] }
    })

    app.put('/api/meetings/:meetingId/uploads/:uploadId', {
      config: { access: 'person' },
      schema: {
        summary: 'Upload a chunk of a paper; the last one attaches a PDF, and begins to convert another file', consumes: uploadTypes,
        params: UploadParams, querystring: ChunkQuery, response: answers(UploadState),
      },
    }, async (request, reply) => {
      const { offset, size, ...target } = request.query
      return await take(request, reply, request.params.uploadId, { ...target, offset: Number(offset), size: Number(size) }) ?? reply
    })

    app.get('/api/meetings/:meetingId/uploads/:uploadId', {
      config: { access: 'person' },
      schema: { summary: 'How far an upload has come', params: UploadParams, response: answers(UploadState) },
    }, async (request, reply) => {
      const state = await papers.uploadState({ ...request.params, personId: signedInPerson(request).id })
      return isRefused(state) ? refuse(request, reply, state) : state
    })

    app.get('/api/conversion', {
      config: { access: 'person' },
      schema: { summary: 'What this hub can make papers of', response: answers(ConversionState) },
    }, async () => {
      const office = await papers.conversion.office
      return { office: !('missing' in office), missing: 'missing' in office ? office.missing : [] }
    })

    app.get('/api/meetings/:meetingId/papers/:paperId/file', {
      config: { access: 'person' },
      schema: {
        summary: 'The file of a paper; one byte range at a time', produces: ['application/pdf'],
        params: PaperParams, querystring: PaperFileQuery, response: { ...answers(file), 206: file, 304: Type.Null() },
      },
    }, (request, reply) => sendPaper(downloads, request, reply, { ...request.params, ...request.query }))

    const copies = { papers, directory, audit, guard: downloads.guard, now }
    paperCopyRoutes(app, copies)
    meetingBookRoute(app, { ...copies, hosts })
  })
}

/** Fastify calls no parser for an empty body. */
function bodyOf(request: FastifyRequest): Readable {
  return request.body instanceof Readable ? request.body : Readable.from([])
}

const drainFor = 5_000

/**
 * After an early refusal the client is still sending. Closing at once would reset the line and lose the answer, so what
 * comes is thrown away for a moment, and the line is cut only when it does not end.
 */
function discardRest({ raw }: FastifyRequest): void {
  if (raw.complete || raw.destroyed) return
  const timer = setTimeout(() => raw.destroy(), drainFor)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
  raw.resume()
}
