import type { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { PaperFileQuery, PaperParams } from '../../shared/contracts/http/papers.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { downloadRefusal, unmarkedRefusal } from '../../shared/meeting/papers/rules.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import { isRefused } from '../papers/inspect.ts'
import { contentDisposition, nameOfPdf } from '../papers/names.ts'
import type { Papers } from '../papers/papers.ts'
import { actorOf, signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { whoseCopy } from './whose-copy.ts'
import type { Downloads } from './paper-file.ts'

export interface PaperCopyParts { papers: Papers; directory: Directory; audit: Audit; guard: Downloads['guard']; now(): number }

interface Asked { params: { meetingId: string; paperId: string }; query: { version?: string } }
interface Seen { paper: Paper; view: MeetingView }
type Rule = (view: MeetingView, personId: string) => Refusal | null
interface Copy { paper: Paper; name: string; mediaType: string; size: number; content(): Readable }

const file = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })

/** Papers to take along: what one may keep as a file, beside what one may read. Every copy is in the audit record. */
export function paperCopyRoutes(plain: FastifyInstance, { papers, directory, audit, guard, now }: PaperCopyParts): void {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  /** The paper as this person may see it and take it along; null when the answer has been given. */
  async function allowed(request: FastifyRequest, reply: FastifyReply, { params: { meetingId, paperId }, query: { version } }: Asked, rule: Rule): Promise<Seen | null> {
    const personId = signedInPerson(request).id
    const seen = await papers.seen(meetingId, personId, paperId, version === undefined ? undefined : Number(version))
    const wrong = seen ? rule(seen.view, personId) : refusal('notFound')
    if (!wrong) return seen
    refuse(request, reply, wrong)
    return null
  }

  /** `form`: what kind of copy it was, for the record. */
  async function send(request: FastifyRequest, reply: FastifyReply, asked: Asked, copy: Copy, rule: Rule, form: 'pdf' | 'stamped' | 'original'): Promise<FastifyReply> {
    const { paper, name, mediaType, size } = copy
    const { meetingId, paperId } = asked.params
    reply.headers({
      'content-type': mediaType, 'content-length': size, 'content-disposition': contentDisposition('attachment', name),
      // A stamped copy is one person's at one moment, and no file of a browser's store keeps any of them.
      'cache-control': 'private, no-store', vary: 'Cookie', 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff',
    })
    const { by, address } = actorOf(request)
    await audit.record({ what: 'paper.saved', by, address, meetingId, about: paperId, details: { version: paper.version, form } })
    const content = copy.content()
    const personId = signedInPerson(request).id
    guard(content, request, async () => {
      const still = await papers.seen(meetingId, personId, paperId, paper.version)
      return still !== null && still.paper.sha256 === paper.sha256 && rule(still.view, personId) === null
    })
    return reply.send(content)
  }

  app.get('/api/meetings/:meetingId/papers/:paperId/download', {
    config: { access: 'person' },
    exposeHeadRoute: false,
    schema: {
      summary: 'A paper to keep, as PDF; with the asker’s name across each page where the meeting says so', produces: ['application/pdf'],
      params: PaperParams, querystring: PaperFileQuery, response: answers(file),
    },
  }, async (request, reply) => {
    const seen = await allowed(request, reply, request, downloadRefusal)
    if (!seen) return reply
    const { paper, view } = seen
    const pdf = { paper, name: nameOfPdf(paper.name), mediaType: 'application/pdf' }
    if (!view.paperRules.watermark) return send(request, reply, request, { ...pdf, size: paper.size, content: () => papers.bytes(paper, { start: 0, end: paper.size - 1 }) }, unmarkedRefusal, 'pdf')
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const copy = await papers.stamped(signedInPerson(request).id, paper, await whoseCopy(request, directory, now()), gone.signal)
    if (isRefused(copy)) return refuse(request, reply, copy)
    try {
      return await send(request, reply, request, { ...pdf, size: copy.size, content: () => copy.content }, downloadRefusal, 'stamped')
    } catch (error) {
      copy.content.destroy()
      throw error
    }
  })

  app.get('/api/meetings/:meetingId/papers/:paperId/original', {
    config: { access: 'person' },
    exposeHeadRoute: false,
    schema: {
      summary: 'The file that a paper was made of, as it was handed in', params: PaperParams, querystring: PaperFileQuery, response: answers(file),
    },
  }, async (request, reply) => {
    const seen = await allowed(request, reply, request, unmarkedRefusal)
    if (!seen) return reply
    const { paper } = seen
    const { original } = paper
    if (!original) return refuse(request, reply, refusal('papers.noOriginal'))
    return send(request, reply, request, { paper, ...original, content: () => papers.originalBytes(original) }, unmarkedRefusal, 'original')
  })
}
