import { randomBytes } from 'node:crypto'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Hub } from '../app.ts'
import { theHub } from '../directory/actor.ts'
import { hashPassword } from '../directory/passwords.ts'
import { december, nextWeek } from './meetings/coming.ts'
import { novemberBriefing } from './meetings/november.ts'
import { octoberBriefing } from './meetings/october.ts'
import { demoAccounts, demoPassword, people, sites, units } from './province.ts'

/** The accounts that can sign in, for the greeting. */
export interface LoadedDemo { accounts: { username: string; password: string; name: string; role: string }[] }

/**
 * Fills the hub with the demo province and its meetings. May be called again after a start that was cut short at any point:
 * what is there stays, what is missing is made, nothing is made twice.
 * @throws Error when something of the demo is refused
 */
export async function loadDemo(hub: Pick<Hub, 'directory' | 'hosts' | 'papers'>, now: number = Date.now()): Promise<LoadedDemo> {
  await addPlaces(hub)
  await addPeople(hub)
  await octoberBriefing(hub, now)
  await novemberBriefing(hub, now)
  await nextWeek(hub, now)
  await december(hub, now)
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return { accounts: demoAccounts.map(({ personId, username, role }) => ({ username, password: demoPassword, name: names.get(personId) ?? '', role })) }
}

async function addPlaces({ directory }: Pick<Hub, 'directory'>): Promise<void> {
  await Promise.all([
    ...units.map((unit, order) => unlessThere('unit.nameTaken', directory.units.add({ ...unit, order }, theHub))),
    ...sites.map((site, order) => unlessThere('site.nameTaken', directory.sites.add({ ...site, order }, theHub))),
  ])
}

async function addPeople({ directory }: Pick<Hub, 'directory'>): Promise<void> {
  // Nobody knows this one: those who are not demo accounts can be given a password by the administrator.
  const locked = await hashPassword(randomBytes(32).toString('base64'))
  await Promise.all(people.map(async ({ id, name, position, unitId, siteId, roles }) => {
    const account = demoAccounts.find(one => one.personId === id)
    const known = {
      id, name, position, unitId, siteId, roles, username: account?.username ?? id,
      passwordHash: account ? await hashPassword(demoPassword) : locked, demoPassword: account !== undefined,
    }
    await unlessThere('account.usernameTaken', directory.accounts.addKnown(known, theHub))
  }))
}

async function unlessThere(taken: string, adding: Promise<unknown>): Promise<void> {
  await adding.catch(error => {
    if (!(error instanceof Refused && error.refusal.code === taken)) throw error
  })
}
