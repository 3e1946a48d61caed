import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SignedInPerson } from '../../shared/contracts/http/session.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import { may, organisationPermissions, type OrganisationPermission } from '../../shared/permissions/organisation.ts'
import type { Directory, SignedIn } from '../directory/directory.ts'

/**
 * Who may use a route: anyone; whoever has a session, even one whose password must be changed first (`session`); whoever is
 * signed in (`person`); or whoever holds a right. Every route states it; one that does not stops the hub at start.
 */
export type Access = 'anyone' | 'session' | 'person' | OrganisationPermission

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Pages of other origins may use it: it knows no session, who asks brings a token of its own. */
    anyOrigin?: boolean
  }
  interface FastifyRequest { signedIn: SignedIn | null }
}

/** Session before the body is read; rights after the schema and before the route's own rules. */
export function guardRoutes(app: FastifyInstance, directory: Directory): void {
  app.decorateRequest('signedIn', null)

  app.addHook('onRoute', ({ config, method, url }) => {
    if (config?.access === undefined) throw new Error(`${String(method)} ${url} does not say who may use it (config.access)`)
  })

  app.addHook('onRequest', async request => {
    const access = request.routeOptions.config.access ?? 'anyone'
    if (request.is404 || (access === 'anyone' && !request.url.startsWith('/api/'))) return
    request.signedIn = await directory.sessionOf(request.headers.cookie)
    if (request.signedIn) request.log = request.log.child({ userId: request.signedIn.person.id })
    if (access === 'anyone') return
    if (!request.signedIn) throw new Refused('session.required')
    if (access !== 'session' && request.signedIn.mustChangePassword) throw new Refused('password.mustChange')
  })

  app.addHook('preHandler', async request => {
    const access = request.routeOptions.config.access ?? 'anyone'
    if (isPermission(access) && !may(signedInPerson(request).roles, access)) throw new Refused('permission.denied')
  })
}

/** The person behind a request whose route asks for one. @throws Refused session.required */
export function signedInPerson(request: FastifyRequest): SignedInPerson {
  if (!request.signedIn) throw new Refused('session.required')
  return request.signedIn.person
}

/** Who acts, for the audit record. */
export function actorOf(request: FastifyRequest): { by: string | null; address: string } {
  return { by: request.signedIn?.person.id ?? null, address: request.ip }
}

function isPermission(access: Access): access is OrganisationPermission {
  return Object.hasOwn(organisationPermissions, access)
}
