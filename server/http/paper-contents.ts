import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  PageWordsAnswer, PaperContentsAnswer, PaperPageParams, PictureQuery, SearchAnswer, SearchQuery,
} from '../../shared/contracts/http/paper-contents.ts'
import { PaperFileQuery, PaperParams } from '../../shared/contracts/http/papers.ts'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal } from '../../shared/contracts/refusal.ts'
import { seesProposal } from '../../shared/meeting/papers/visibility.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import type { Contents } from '../papers/contents/contents.ts'
import { noneMatch } from '../papers/range.ts'
import type { Papers } from '../papers/papers.ts'
import { signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { openDownloads } from './paper-file.ts'

export interface PaperContentsParts { papers: Papers; contents: Contents; directory: Directory; audit: Audit }

const picture = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })

/** What was read out of papers: only to whoever may see the paper at this moment, and noted as its download is. */
export function paperContentsRoutes(plain: FastifyInstance, { papers, contents, directory, audit }: PaperContentsParts): void {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  const downloads = openDownloads(papers, directory, audit)
  type Asked = { params: { meetingId: string; paperId: string }; query: { version?: string } }

  /** The paper as this person may see it, with the headers that all answers share; null when the answer has been given. */
  async function seen(request: FastifyRequest, reply: FastifyReply, { params: { meetingId, paperId }, query: { version } }: Asked): Promise<Paper | null> {
    const paper = await papers.paper(meetingId, signedInPerson(request).id, paperId, version === undefined ? undefined : Number(version))
    if (!paper) {
      refuse(request, reply, refusal('notFound'))
      return null
    }
    // Kept by the browser but asked for anew each time, so that access that was withdrawn bites at once.
    reply.headers({ 'cache-control': 'private, no-cache', vary: 'Cookie' })
    return paper
  }

  function isKnown(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
    reply.header('etag', etag)
    return !noneMatch(request.headers['if-none-match'], etag)
  }

  app.get('/api/meetings/:meetingId/papers/:paperId/contents', {
    config: { access: 'person' },
    schema: {
      summary: 'The text of a paper to read on in, and its outline', params: PaperParams, querystring: PaperFileQuery, response: { ...answers(PaperContentsAnswer), 304: Type.Null() },
    },
  }, async (request, reply) => {
    const paper = await seen(request, reply, request)
    if (!paper) return reply
    const { etag, answer } = await contents.contents(paper)
    const { id } = signedInPerson(request)
    const known = await papers.seen(request.params.meetingId, id, paper.paperId)
    // A stamp that was found is told to those who can take the paper out again.
    const told = known !== null && seesProposal(known.view, id, paper)
    if (isKnown(request, reply, told ? etag : etag.replace(/"$/u, '-plain"'))) return reply.code(304).send(null)
    await downloads.note(request, request.params.meetingId, paper.paperId)
    return told ? answer : { ...answer, level: null }
  })

  app.get('/api/meetings/:meetingId/papers/:paperId/pages/:page/words', {
    config: { access: 'person' },
    schema: { summary: 'The words of one page with their places', params: PaperPageParams, querystring: PaperFileQuery, response: { ...answers(PageWordsAnswer), 304: Type.Null() } },
  }, async (request, reply) => {
    const paper = await seen(request, reply, request)
    if (!paper) return reply
    const words = await contents.words(paper, Number(request.params.page))
    if (!words) return refuse(request, reply, refusal('notFound'))
    if (isKnown(request, reply, `"${paper.sha256}-${request.params.page}-${words.source}"`)) return reply.code(304).send(null)
    await downloads.note(request, request.params.meetingId, paper.paperId)
    return words
  })

  app.get('/api/meetings/:meetingId/papers/:paperId/pages/:page/picture', {
    config: { access: 'person' },
    schema: {
      summary: 'One page as a picture', produces: ['image/webp'], params: PaperPageParams, querystring: PictureQuery, response: { ...answers(picture), 304: Type.Null() },
    },
  }, async (request, reply) => {
    const paper = await seen(request, reply, request)
    if (!paper) return reply
    const { page } = request.params
    const { width } = request.query
    if (isKnown(request, reply, `"${paper.sha256}-${page}-${width}"`)) return reply.code(304).send(null)
    const drawn = await contents.picture(paper, Number(page), width)
    if (!drawn) {
      reply.removeHeader('etag')
      return refuse(request, reply, refusal('notFound'))
    }
    await downloads.note(request, request.params.meetingId, paper.paperId)
    reply.headers({ 'content-type': drawn.type, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' })
    return reply.send(drawn.data)
  })

  app.get('/api/meetings/:meetingId/search', {
    config: { access: 'person' },
    schema: { summary: 'Search in all papers of a meeting that one may see', params: MeetingParams, querystring: SearchQuery, response: answers(SearchAnswer) },
  }, async (request, reply) => {
    const answer = await contents.search(request.params.meetingId, signedInPerson(request).id, request.query.q)
    reply.headers({ 'cache-control': 'no-store' })
    return answer ?? refuse(request, reply, refusal('notFound'))
  })
}
