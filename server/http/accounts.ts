import type { FastifyInstance } from 'fastify'
import {
  Account, AccountChange, AccountsAnswer, AccountWithPassword, AuditAnswer, AuditQuery, IdParams, NewAccount,
} from '../../shared/contracts/http/directory.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import type { Audit } from '../audit/audit.ts'
import { auditEntry } from '../audit/entry.ts'
import type { Directory } from '../directory/directory.ts'
import { actorOf } from './access.ts'
import type { TypedApp } from './typed-app.ts'

const auditPageLength = 100

/** What an administrator does with accounts, and what has been done by everybody. */
export function accountRoutes(plain: FastifyInstance, { accounts, passwords }: Directory, audit: Audit): void {
  const app = plain as TypedApp

  app.get('/api/accounts', {
    config: { access: 'accounts.manage' },
    schema: { summary: 'All accounts, ordered by given name', response: answers(AccountsAnswer) },
  }, async () => ({ accounts: await accounts.all() }))

  app.post('/api/accounts', {
    config: { access: 'accounts.manage' },
    schema: { summary: 'Add an account; answers its one-time password', body: NewAccount, response: answers(AccountWithPassword) },
  }, request => accounts.add(request.body, actorOf(request)))

  app.patch('/api/accounts/:id', {
    config: { access: 'accounts.manage' },
    schema: { summary: 'Change a person, their roles, or whether they are active', params: IdParams, body: AccountChange, response: answers(Account) },
  }, request => accounts.change(request.params.id, request.body, actorOf(request)))

  app.post('/api/accounts/:id/password-reset', {
    config: { access: 'accounts.manage' },
    schema: { summary: 'A new one-time password; the person’s sessions end', params: IdParams, response: answers(AccountWithPassword) },
  }, async request => {
    const { id } = request.params
    const oneTimePassword = await passwords.resetPassword(id, actorOf(request))
    return { account: await accounts.account(id), oneTimePassword }
  })

  app.get('/api/audit', {
    config: { access: 'audit.read' },
    schema: { summary: 'The audit record, newest first', querystring: AuditQuery, response: answers(AuditAnswer) },
  }, async request => {
    const { before } = request.query
    const page = await audit.page(auditPageLength, before === undefined ? undefined : Number(before))
    return { entries: page.entries.map(auditEntry), before: page.before }
  })
}
