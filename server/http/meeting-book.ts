import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { MeetingParams } from '../../shared/contracts/http/meetings.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { refusal, type Language } from '../../shared/contracts/refusal.ts'
import { bookOf, bookRefusal } from '../../shared/meeting/papers/book.ts'
import { downloadRefusal, unmarkedRefusal } from '../../shared/meeting/papers/rules.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { MeetingDetails } from '../../shared/meeting/lifecycle/state.ts'
import { bookName } from '../../shared/papers/bookName.ts'
import { daysBetween, formatDate, formatDateTime, formatTime, formatWeekday } from '../../shared/vietnamese/dates.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { bookWords } from '../papers/book/words.ts'
import { isRefused } from '../papers/inspect.ts'
import { contentDisposition } from '../papers/names.ts'
import { actorOf, signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { languageOf } from './language.ts'
import type { PaperCopyParts } from './paper-copies.ts'
import { whoseCopy } from './whose-copy.ts'

const file = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })

/** A meeting's papers taken along as one PDF: exactly what the asker may see and keep. Each paper in it is in the audit record, as a copy of it alone is. */
export function meetingBookRoute(plain: FastifyInstance, { papers, hosts, directory, audit, guard, now }: PaperCopyParts & { hosts: MeetingHosts }): void {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/api/meetings/:meetingId/book', {
    config: { access: 'person' },
    exposeHeadRoute: false,
    schema: {
      summary: 'The meeting book: all papers that the asker may keep in one PDF, pages numbered through; with his name across each page where the meeting says so',
      produces: ['application/pdf'], params: MeetingParams, response: answers(file),
    },
  }, async (request, reply) => {
    const { meetingId } = request.params
    const personId = signedInPerson(request).id
    const view = await hosts.view(meetingId, personId)
    if (!view) return refuse(request, reply, refusal('notFound'))
    const wrong = bookRefusal(view, personId)
    if (wrong) return refuse(request, reply, wrong)

    const language = languageOf(request)
    const { watermark } = view.paperRules
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const line = watermark ? await whoseCopy(request, directory, now()) : null
    const book = await papers.book(personId, bookOf(view, personId), { language, cover: coverOf(view.details, language, now()), line }, gone.signal)
    if (isRefused(book)) return refuse(request, reply, book)

    const rule = watermark ? downloadRefusal : unmarkedRefusal
    const mayStill = async (): Promise<boolean> => {
      const still = await hosts.view(meetingId, personId)
      return still !== null && rule(still, personId) === null && book.papers.every((paper) => {
        const known = entry(still.papers, paper.paperId)
        return known?.status === 'approved' && atVersion(known, paper.version)?.sha256 === paper.sha256
      })
    }
    try {
      // To bind it takes a while, in which rights may have been taken back.
      if (!await mayStill()) {
        book.content.destroy()
        return refuse(request, reply, refusal('papers.bookChanged'))
      }
      const { by, address } = actorOf(request)
      await Promise.all(book.papers.map(({ paperId, version }) => audit.record({ what: 'paper.saved', by, address, meetingId, about: paperId, details: { version, form: watermark ? 'stampedBook' : 'book' } })))
      reply.headers({
        'content-type': 'application/pdf', 'content-length': book.size, 'content-disposition': contentDisposition('attachment', bookName(bookWords[language].book, view.details.title)),
        'cache-control': 'private, no-store', vary: 'Cookie', 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff',
      })
      guard(book.content, request, mayStill)
      return await reply.send(book.content)
    } catch (error) {
      book.content.destroy()
      throw error
    }
  })
}

function coverOf({ body, title, startsAt, endsAt, place }: MeetingDetails, language: Language, now: number): { body: string | null; title: string; when: string; place: string; made: string } {
  const ends = daysBetween(startsAt, endsAt) === 0 ? formatTime(endsAt) : formatDateTime(endsAt)
  return {
    body: body === 'plain' ? null : bookWords[language].bodies[body], title, place, made: formatDateTime(now),
    when: `${formatTime(startsAt)} – ${ends} · ${formatWeekday(startsAt, language)}, ${formatDate(startsAt)}`,
  }
}
