import type { Accounts } from '../directory/accounts.ts'
import type { Places } from '../directory/places.ts'
import type { DirectoryLookup } from './hosts.ts'

/** What meetings ask of the directory before they take people and sites in. */
export function lookUp(accounts: Accounts, sites: Places): DirectoryLookup {
  return {
    async unknownPeople(personIds) {
      const known = new Set((await accounts.cards()).map(({ id }) => id))
      return personIds.filter((id) => !known.has(id))
    },
    async unknownSites(siteIds) {
      const known = new Set((await sites.all()).map(({ id }) => id))
      return siteIds.filter((id) => !known.has(id))
    },
  }
}
