import { Type } from 'typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusal, type Language } from '../../shared/contracts/refusal.ts'
import { lanAddresses, urlOf } from '../addresses.ts'
import { authorityToServe } from '../certificate/files.ts'
import { certificatePage, certificateStyle } from '../certificate/page.ts'
import { isLoopbackHost, type Config } from '../config.ts'
import { refuse } from './answer.ts'
import { languageOf } from './language.ts'
import { isFromThisMachine } from './this-machine.ts'
import type { TypedApp } from './typed-app.ts'

const Query = Type.Object({ lang: Type.Optional(Type.Union([Type.Literal('vi'), Type.Literal('en')])) }, { additionalProperties: false })

/** `ports()` tells the ports in use once the hub listens: its own, and the plain one beside HTTPS. */
export interface CertificateRoutes { config: Config; ports(): { hub: number; plain: number | null } }

/** The page that explains the certificate, for people who cannot sign in yet: open to anyone, over plain http too. */
export function certificateRoutes(plainApp: FastifyInstance, { config, ports }: CertificateRoutes): void {
  const app = plainApp as TypedApp
  const open = { config: { access: 'anyone' as const } }

  app.get('/certificate', { ...open, schema: { hide: true, querystring: Query } }, async (request, reply) => {
    const language: Language = request.query.lang ?? languageOf(request)
    const host = networkHost(request, config)
    const { hub, plain } = ports()
    const html = certificatePage({
      language,
      authority: await authorityToServe(config.certificatesDir),
      pageUrl: host && `${urlOf('http', host, plain ?? hub)}/certificate`,
      secureUrl: config.tls && urlOf('https', host ?? 'localhost', hub),
      connection: request.protocol === 'https' ? 'secure' : isFromThisMachine(request) ? 'thisMachine' : 'plain',
    })
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('vary', 'accept-language').send(html)
  })

  app.get('/certificate/style.css', { ...open, schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(certificateStyle))

  app.get('/certificate/authority.crt', { ...open, schema: { hide: true } }, async (request, reply) => {
    const authority = await authorityToServe(config.certificatesDir)
    if (!authority) return refuse(request, reply, refusal('notFound'))
    return reply.type('application/x-x509-ca-cert').header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="authority.crt"').send(authority.der)
  })
}

/** The name by which a tablet can reach the hub: the one this request used, or the machine's first address on its network. */
function networkHost({ hostname }: FastifyRequest, { host }: Config): string | null {
  if (isLoopbackHost(host)) return null
  const asked = hostname.replace(/^\[(.*)\]$/, '$1')
  const valid = URL.canParse(`http://${hostname}`)
  return valid && asked !== '' && !isLoopbackHost(asked) ? asked : lanAddresses()[0] ?? null
}
