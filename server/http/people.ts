import type { FastifyInstance } from 'fastify'
import {
  IdParams, NewSite, NewUnit, PeopleAnswer, Site, SiteChange, SitesAnswer, Unit, UnitChange, UnitsAnswer,
} from '../../shared/contracts/http/directory.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import type { Directory } from '../directory/directory.ts'
import { actorOf } from './access.ts'
import type { TypedApp } from './typed-app.ts'

/** Who and what there is in the province; units and sites are kept by the administrator. */
export function peopleRoutes(plain: FastifyInstance, { accounts, units, sites }: Directory): void {
  const app = plain as TypedApp

  app.get('/api/people', {
    config: { access: 'person' },
    schema: { summary: 'Active people, ordered by given name', response: answers(PeopleAnswer) },
  }, async () => ({ people: await accounts.cards() }))

  app.get('/api/units', {
    config: { access: 'person' },
    schema: { summary: 'Units in official order', response: answers(UnitsAnswer) },
  }, async () => ({ units: await units.all() }))

  app.post('/api/units', {
    config: { access: 'organisation.manage' },
    schema: { summary: 'Add a unit', body: NewUnit, response: answers(Unit) },
  }, request => units.add(request.body, actorOf(request)))

  app.patch('/api/units/:id', {
    config: { access: 'organisation.manage' },
    schema: { summary: 'Change a unit', params: IdParams, body: UnitChange, response: answers(Unit) },
  }, request => units.change(request.params.id, request.body, actorOf(request)))

  app.get('/api/sites', {
    config: { access: 'person' },
    schema: { summary: 'Sites (điểm cầu) in official order', response: answers(SitesAnswer) },
  }, async () => ({ sites: await sites.all() }))

  app.post('/api/sites', {
    config: { access: 'organisation.manage' },
    schema: { summary: 'Add a site', body: NewSite, response: answers(Site) },
  }, request => sites.add(request.body, actorOf(request)))

  app.patch('/api/sites/:id', {
    config: { access: 'organisation.manage' },
    schema: { summary: 'Change a site', params: IdParams, body: SiteChange, response: answers(Site) },
  }, request => sites.change(request.params.id, request.body, actorOf(request)))
}
