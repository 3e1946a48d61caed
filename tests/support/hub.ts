import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RouteOptions } from 'fastify'
import { pino, type Logger } from 'pino'
import type { OrganisationRole } from '../../shared/permissions/organisation.ts'
import { openHub, type Hub, type HubOptions } from '../../server/app.ts'
import { readConfig, type Config } from '../../server/config.ts'
import { theHub } from '../../server/directory/actor.ts'
import { hashPassword } from '../../server/directory/passwords.ts'

/** One password for every account that tests make; hashed once, because argon2 is slow on purpose. */
export const testPassword = 'Sông Hậu mùa nước nổi'
let testHash: Promise<string> | undefined

export interface TestAccount {
  id: string
  username?: string
  name?: string
  position?: string
  roles?: OrganisationRole[]
  demoPassword?: boolean
}

export interface TestHub {
  url: string
  hub: Hub
  dataDir: string
  /** Adds an account that signs in with `testPassword`; its user name is its id unless given. */
  addAccount(account: TestAccount): Promise<void>
  /** A Cookie header for a fresh session of `username`. */
  signIn(username: string, password?: string): Promise<string>
  /** fetch with the hub's own origin, JSON body and cookie. */
  request(path: string, options?: RequestOptions): Promise<Response>
  /** Closes the hub; its folder stays (for a restart) unless it was made here. */
  stop(): Promise<void>
}

export interface RequestOptions { method?: string; cookie?: string | undefined; body?: unknown; headers?: Record<string, string> }

export interface TestHubOptions {
  /** Keep using a folder, as after a restart; default a fresh one that `stop` removes. */
  dataDir?: string
  config?: Partial<Config>
  clientDir?: string | null
  log?: Logger
  now?: () => number
  collab?: HubOptions['collab']
  /** Called with every route as it is added. */
  onRoute?: (route: RouteOptions) => void
  /** Called with the hub before it listens, for parts that a test adds. */
  prepare?: (hub: Hub) => void | Promise<void>
}

/** A real hub in this process: real store (SQLite unless MONGODB_URL is in `config`), real sockets, port 0. */
export async function startHub(options: TestHubOptions = {}): Promise<TestHub> {
  const dataDir = options.dataDir ?? await mkdtemp(join(tmpdir(), 'giao-ban-'))
  const config = { ...readConfig({ PORT: '0', DATA_DIR: dataDir, DEMO: '0', MEDIA: 'off' }), ...options.config }
  const hub = await openHub({
    config, clientDir: options.clientDir ?? null, log: options.log ?? pino({ level: 'silent' }), ...(options.now && { now: options.now }), ...(options.collab && { collab: options.collab }), ...(options.onRoute && { onRoute: options.onRoute }),
  })
  const port = await prepared(hub, options).catch(async error => {
    await hub.close()
    throw error
  })
  const url = `${config.tls ? 'https' : 'http'}://localhost:${port}`

  const request = (path: string, { method = 'GET', cookie, body, headers = {} }: RequestOptions = {}) => fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      origin: url,
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

  return {
    url, hub, dataDir, request,
    async addAccount({ id, username = id, name = `Nguyễn Văn ${id}`, position = 'Chuyên viên', roles = [], demoPassword = false }) {
      const passwordHash = await (testHash ??= hashPassword(testPassword))
      await hub.directory.accounts.addKnown(
        { id, username, name, position, unitId: null, siteId: null, roles, passwordHash, demoPassword }, theHub)
    },
    async signIn(username, password = testPassword) {
      const answer = await request('/api/session', { method: 'POST', body: { username, password } })
      if (!answer.ok) throw new Error(`sign-in of ${username} answered ${answer.status}: ${await answer.text()}`)
      return (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
    },
    async stop() {
      await hub.close()
      if (!options.dataDir) for (const folder of [dataDir, config.keysDir]) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function prepared(hub: Hub, { prepare }: TestHubOptions): Promise<number> {
  await prepare?.(hub)
  return hub.listen()
}
