import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Id } from '../../shared/contracts/fields.ts'
import { RefusalBody } from '../../shared/contracts/http/refusal.ts'
import { mostSdp } from '../../shared/contracts/media-parameters.ts'
import type { IceServer } from '../../shared/contracts/media.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Authorized, Doors } from '../bridge/doors.ts'

const sdp = 'application/sdp'
const fragment = 'application/trickle-ice-sdpfrag'
const Sdp = Type.String({ minLength: 1, maxLength: mostSdp })
const params = Type.Object({ meetingId: Id, siteId: Id }, { additionalProperties: false })
const sessionParams = Type.Object({ meetingId: Id, siteId: Id, sessionId: Id }, { additionalProperties: false })
const refusals = { '4xx': RefusalBody, '5xx': RefusalBody }
const text = Type.Unsafe<string>({ type: 'string' })
const nothing = Type.Null()

declare module 'fastify' {
  interface FastifyRequest { door: Authorized | null }
}

/** The doors for equipment (RFC 9725 and draft-ietf-wish-whep): who holds a site's token offers what it sends, or asks for what is on stage. */
export async function doorRoutes(plain: FastifyInstance, doors: Doors): Promise<void> {
  await plain.register(async (scope) => {
    const app = scope.withTypeProvider<TypeBoxTypeProvider>()
    app.decorateRequest('door', null)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser([sdp, fragment], { parseAs: 'string', bodyLimit: mostSdp }, (_request, body, done) => done(null, body))
    // Any page may ask: it is the token that counts, and no cookie is read here.
    app.addHook('onRequest', async (_request, reply) => void reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'location, etag, link, accept-post, accept-patch, retry-after').header('cache-control', 'no-store'))
    app.addHook('onError', async (_request, reply, error) => {
      if (error instanceof Refused && error.refusal.code.startsWith('media.token') && error.refusal.code !== 'media.tokenElsewhere') reply.header('www-authenticate', 'Bearer')
    })

    for (const door of ['whip', 'whep'] as const) {
      const open = { access: 'anyone', anyOrigin: true } as const
      const is = async (request: FastifyRequest) => {
        const { meetingId, siteId } = request.params as { meetingId: string; siteId: string }
        // Before the body is read: a stranger's is not.
        request.door = await doors.authorize(bearer(request), { meetingId, siteId, door })
      }
      const what = door === 'whip' ? 'an encoder' : 'a player'
      const at = `/${door}/:meetingId/:siteId`
      const session = `${at}/:sessionId`
      const options = (methods: string) => async (_request: FastifyRequest, reply: FastifyReply) =>
        reply.code(204).header('access-control-allow-methods', methods).header('access-control-allow-headers', 'authorization, content-type, if-match').header('access-control-max-age', '7200').header('accept-post', sdp).header('accept-patch', fragment).send()
      const no = (methods: string) => async (_request: FastifyRequest, reply: FastifyReply) => {
        reply.header('allow', methods)
        throw new Refused('media.methodNotAllowed')
      }

      app.options(at, { config: open, schema: { summary: `What ${what}'s page may ask`, params, response: { 204: nothing, ...refusals } } }, options('POST, OPTIONS'))
      app.options(session, { config: open, schema: { summary: `What ${what}'s page may ask of its session`, params: sessionParams, response: { 204: nothing, ...refusals } } }, options('PATCH, DELETE, OPTIONS'))
      app.route({ method: ['GET', 'PUT'], url: at, config: open, schema: { summary: 'Kept free by the standard', params, response: refusals }, handler: no('POST, OPTIONS') })
      app.route({ method: ['GET', 'PUT', 'POST'], url: session, config: open, schema: { summary: 'Kept free by the standard', params: sessionParams, response: refusals }, handler: no('PATCH, DELETE, OPTIONS') })

      app.post(at, { config: open, onRequest: is, schema: { summary: `Begins a session of ${what}`, consumes: [sdp], params, body: Sdp, response: { 201: text, ...refusals } } }, async (request, reply) => {
        if (!isKind(request, sdp)) throw new Refused('request.malformed', { field: 'content-type' })
        const { meetingId, siteId } = request.params
        const { sessionId, answer, etag, iceServers } = await doors.open(authorized(request), request.body)
        if (iceServers.length > 0) reply.header('link', iceServers.flatMap(links).join(', '))
        return reply.code(201).type(sdp).header('location', `/${door}/${meetingId}/${siteId}/${sessionId}`).header('etag', etag).header('accept-patch', fragment).send(answer)
      })

      app.patch(session, { config: open, onRequest: is, schema: { summary: 'Takes candidates, of which none is needed, and restarts ICE', consumes: [fragment], params: sessionParams, body: Sdp, response: { 200: text, 204: nothing, ...refusals } } }, async (request, reply) => {
        if (!isKind(request, fragment)) throw new Refused('request.malformed', { field: 'content-type' })
        const restarted = await doors.patch(authorized(request), request.params.sessionId, request.headers['if-match'], request.body)
        return restarted ? reply.code(200).type(fragment).header('etag', restarted.etag).send(restarted.fragment) : reply.code(204).send(null)
      })

      app.delete(session, { config: open, onRequest: is, schema: { summary: `Ends the session of ${what}`, params: sessionParams, response: { 204: nothing, ...refusals } } }, async (request, reply) => {
        doors.end(authorized(request), request.params.sessionId)
        return reply.code(204).send(null)
      })
    }
  })
}

function bearer({ headers: { authorization } }: FastifyRequest): string | null {
  return /^Bearer +([A-Za-z0-9_-]{43}) *$/i.exec(authorization ?? '')?.[1] ?? null
}

function authorized({ door }: FastifyRequest): Authorized {
  if (!door) throw new Refused('media.tokenMissing')
  return door
}

function isKind({ headers }: FastifyRequest, kind: string): boolean {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === kind
}

/** RFC 9725, 4.6: relays as links. */
function links({ urls, username, credential }: IceServer): string[] {
  const login = username && credential ? `; username="${username}"; credential="${credential}"; credential-type="password"` : ''
  return urls.map((url) => `<${url}>; rel="ice-server"${login}`)
}
