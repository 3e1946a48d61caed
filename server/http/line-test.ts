import { randomBytes } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { LineTestAnswer } from '../../shared/contracts/http/line-test.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { testKilobytes } from '../../shared/media/limits.ts'

const noise = Type.Unsafe<unknown>({ type: 'string', format: 'binary' })
const kind = 'application/octet-stream'

/** What a site's readiness test measures its line with: octets that nothing on the way can compress, there and back. Nothing is kept. */
export async function lineTestRoutes(plain: FastifyInstance): Promise<void> {
  const octets = randomBytes(testKilobytes * 1024)
  await plain.register(async (scope) => {
    const app = scope.withTypeProvider<TypeBoxTypeProvider>()
    app.removeAllContentTypeParsers()
    // Only the time it takes is of interest, and that is measured where it came from.
    app.addContentTypeParser(kind, { parseAs: 'buffer', bodyLimit: testKilobytes * 1024 }, (_request, body, done) => done(null, { octets: body.length }))

    app.get('/api/line-test', {
      config: { access: 'person' },
      schema: { summary: 'Noise, to measure a line with', produces: [kind], response: answers(noise) },
    }, (_request, reply) => reply.header('cache-control', 'no-store').type(kind).send(octets))

    app.post('/api/line-test', {
      config: { access: 'person' },
      schema: { summary: 'Takes noise, to measure a line with', consumes: [kind], body: LineTestAnswer, response: answers(LineTestAnswer) },
    }, async ({ body }) => body)
  })
}
