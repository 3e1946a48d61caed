import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Logger } from 'pino'
import type { Audit } from '../audit/audit.ts'
import { isBehindProxy, type Config } from '../config.ts'
import type { Directory } from '../directory/directory.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { Contents } from '../papers/contents/contents.ts'
import type { Papers } from '../papers/papers.ts'
import type { MeetingRecordings } from '../recordings/recordings.ts'
import type { Store } from '../store/port.ts'
import { guardRoutes } from './access.ts'
import { accountRoutes } from './accounts.ts'
import { certificateRoutes, type CertificateRoutes } from './certificate.ts'
import { serveClient } from './client.ts'
import { answerErrors } from './errors.ts'
import { sendSecurityHeaders } from './headers.ts'
import { healthRoutes } from './health.ts'
import { incidentRoute } from './incidents.ts'
import { lineTestRoutes } from './line-test.ts'
import { meetingRoutes } from './meetings.ts'
import { describeRoutes, openApiRoute } from './openapi.ts'
import type { Origins } from '../directory/origin.ts'
import { packageRoute } from './package.ts'
import { paperContentsRoutes } from './paper-contents.ts'
import { paperRoutes } from './papers.ts'
import { peopleRoutes } from './people.ts'
import { previewRoute } from './preview.ts'
import { openDownloads } from './paper-file.ts'
import { recordingRoutes } from './recordings.ts'
import { refuseForeignOrigins } from './same-site.ts'
import { createServer } from './server.ts'
import { sessionRoutes } from './session.ts'
import { setupRoutes } from './setup.ts'

export interface HttpParts {
  config: Config
  log: Logger
  store: Store
  audit: Audit
  directory: Directory
  hosts: MeetingHosts
  papers: Papers
  contents: Contents
  recordings: MeetingRecordings
  origins: Origins
  version: string
  /** The built client; null serves none. */
  clientDir: string | null
  now: () => number
  ports: CertificateRoutes['ports']
  onRoute(route: RouteOptions): void
}

/** The HTTP edge: what every request passes first, then the routes. More routes may be added until it listens. */
export async function openHttpEdge(parts: HttpParts): Promise<FastifyInstance> {
  const { config, log, store, audit, directory, hosts, papers, contents, recordings, origins, version, clientDir, now, ports, onRoute } = parts
  const app = await createServer(config, log)
  app.decorate('behindProxy', isBehindProxy(config))
  answerErrors(app)
  await sendSecurityHeaders(app)
  await describeRoutes(app, version)
  guardRoutes(app, directory)
  app.addHook('onRoute', route => onRoute(route))
  refuseForeignOrigins(app, origins, directory.cookieName)

  healthRoutes(app, store)
  sessionRoutes(app, directory, audit, config.sessionAbsolute)
  setupRoutes(app, directory, audit, config.sessionAbsolute)
  peopleRoutes(app, directory)
  accountRoutes(app, directory, audit)
  meetingRoutes(app, hosts, directory)
  previewRoute(app, hosts, audit)
  incidentRoute(app, hosts)
  packageRoute(app, hosts, directory, { afterEnd: config.packageAfterEnd, longest: config.sessionAbsolute }, now)
  await paperRoutes(app, { papers, hosts, directory, audit, now })
  recordingRoutes(app, { recordings, hosts, audit, downloads: openDownloads(papers, directory, audit) })
  paperContentsRoutes(app, { papers, contents, directory, audit })
  await lineTestRoutes(app)
  openApiRoute(app)
  certificateRoutes(app, { config, ports })
  await serveClient(app, clientDir)
  return app
}
