import type { FastifyInstance } from 'fastify'
import { Done } from '../../shared/contracts/http/session.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { Setup } from '../../shared/contracts/http/setup.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import { isFromThisMachine } from './this-machine.ts'
import type { TypedApp } from './typed-app.ts'

/** The first administrator of an empty hub; afterwards this only answers `setup.done`. */
export function setupRoutes(plain: FastifyInstance, { setup }: Directory, audit: Audit): void {
  const app = plain as TypedApp

  app.post('/api/setup', {
    config: { access: 'anyone' },
    schema: { summary: 'Make the first administrator, who then signs in', body: Setup, response: answers(Done) },
  }, async request => {
    const account = await setup.run(request.body, { address: request.ip, thisMachine: isFromThisMachine(request) })
    await audit.record({ what: 'setup.done', by: account.id, address: request.ip })
    return {}
  })
}
