import { Readable } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refusal } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { unmarkedRefusal } from '../../shared/meeting/papers/rules.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import { contentDisposition } from '../papers/names.ts'
import type { Papers } from '../papers/papers.ts'
import { noneMatch, wantedRange } from '../papers/range.ts'
import { actorOf, signedInPerson } from './access.ts'
import { refuse } from './answer.ts'
import { languageOf } from './language.ts'

const hour = 60 * 60_000
/** Whoever loses a right loses the rest of a running transfer within a second. */
const askAgainEvery = 900

export interface Downloads {
  papers: Papers
  /** Writes the audit record, once per person, file and hour: whichever parts of it are asked for. */
  note(request: FastifyRequest, meetingId: string, fileId: string, what?: 'paper.downloaded' | 'recording.downloaded'): Promise<void>
  /** Cuts the transfer when the session ends, or `still` no longer holds. */
  guard(content: Readable, request: FastifyRequest, still: () => Promise<boolean>): void
}

export function openDownloads(papers: Papers, directory: Directory, audit: Audit): Downloads {
  const noted = new Map<string, number>()
  const running = new Map<Readable, FastifyRequest>()
  directory.sessions.onRevoked(({ sessionId }) => {
    for (const [content, request] of running) if (request.signedIn?.sessionId === sessionId) cut(content, request)
  })

  return {
    papers,
    async note(request, meetingId, fileId, what = 'paper.downloaded') {
      const { by, address } = actorOf(request)
      const key = `${by} ${meetingId} ${fileId}`
      const now = Date.now()
      if (now - (noted.get(key) ?? 0) < hour) return
      for (const [old, at] of noted) if (now - at >= hour) noted.delete(old)
      noted.set(key, now)
      try {
        await audit.record({ what, by, address, meetingId, about: fileId })
      } catch (error) {
        noted.delete(key)
        throw error
      }
    },
    guard(content, request, still) {
      running.set(content, request)
      const timer = setInterval(async () => {
        if (!await still().catch(() => false)) cut(content, request)
      }, askAgainEvery)
      content.once('close', () => {
        clearInterval(timer)
        running.delete(content)
      })
    },
  }
}

/** A reset, not a farewell: what waits in the line's buffers must not arrive any more either. Over TLS, Node throws at a reset. */
export function cut(content: Readable, { raw: { socket } }: Pick<FastifyRequest, 'raw'>): void {
  content.destroy()
  if (socket instanceof TLSSocket) socket.destroy()
  else socket.resetAndDestroy()
}

/** A browser that opens an address says so (over plain http in `Accept` alone); what a page fetches for itself asks for anything. */
function isOpenedByHand({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-mode'] === 'navigate' || /\btext\/html\b/iu.test(headers.accept ?? '')
}

/** Answers a paper's file: whole, one range, "not changed", or 404 for whoever may not know of it. */
export async function sendPaper(
  { papers, note, guard }: Downloads, request: FastifyRequest, reply: FastifyReply, { meetingId, paperId, version }: { meetingId: string; paperId: string; version?: string },
): Promise<FastifyReply> {
  const personId = signedInPerson(request).id
  const seen = await papers.seen(meetingId, personId, paperId, version === undefined ? undefined : Number(version))
  if (!seen) return refuse(request, reply, refusal('notFound'))
  const { paper, view } = seen
  reply.header('vary', 'Cookie, Accept, Sec-Fetch-Mode')
  // The reader's own requests go on; the bare address, opened or saved by hand, is a download.
  const wrong = isOpenedByHand(request) ? unmarkedRefusal(view, personId) : null
  if (wrong) return refuse(request, reply, wrong)

  const { size } = paper
  const etag = `"${paper.sha256}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    // Kept by the browser but asked for anew each time, so that access that was withdrawn bites at once.
    'cache-control': 'private, no-cache',
  })
  if (!noneMatch(request.headers['if-none-match'], etag)) return reply.code(304).send()

  const { 'if-range': ifRange, range: asked } = request.headers
  const range = ifRange === undefined || ifRange === etag ? wantedRange(asked, size) : null
  if (range === 'unsatisfiable') {
    reply.code(416).header('content-range', `bytes */${size}`).type('application/json; charset=utf-8')
    return reply.send(refusalAnswer(refusal('papers.rangeNotSatisfiable'), languageOf(request)))
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  const { start, end } = range ?? { start: 0, end: size - 1 }
  reply.headers({
    'content-type': 'application/pdf',
    'content-length': end - start + 1,
    'content-disposition': contentDisposition('inline', paper.name),
    // Opened by itself in a tab, a hostile PDF shall have no origin, no script and no form.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  })
  // Fastify keeps the length of a stream's head, and makes that of no body 0.
  if (request.method === 'HEAD') return reply.send(Readable.from([]))
  // Whatever range is asked for first: all but the first byte is the paper too.
  await note(request, meetingId, paperId)
  const content = papers.bytes(paper, { start, end })
  guard(content, request, async () => (await papers.paper(meetingId, personId, paper.paperId, paper.version))?.sha256 === paper.sha256)
  return reply.send(content)
}
