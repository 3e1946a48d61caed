import type { MeetingPeople } from '../../shared/contracts/http/meetings.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { Directory } from '../directory/directory.ts'

/** Names of everyone and everything that a view mentions by id. */
export async function peopleOf(view: MeetingView, { accounts, units, sites }: Pick<Directory, 'accounts' | 'units' | 'sites'>): Promise<MeetingPeople> {
  const mentioned = new Set([
    ...Object.keys(view.participants),
    ...Object.keys(view.attendance),
    ...Object.values(view.invitations).flatMap(({ substituteId }) => substituteId ?? []),
    ...Object.values(view.votes).flatMap(vote => vote.entitled),
  ])
  const cards = (await accounts.cards()).filter(card => mentioned.delete(card.id))
  const gone = await Promise.all([...mentioned].map(id => accounts.person(id)))
  const former = gone.flatMap(person => person ? [{ id: person.id, name: person.name, position: person.position, unitId: person.unitId, siteId: person.siteId }] : [])
  return {
    people: [...cards, ...former],
    units: (await units.all()).map(({ id, name, shortName }) => ({ id, name, shortName })),
    sites: (await sites.all()).map(({ id, name, shortName }) => ({ id, name, shortName })),
  }
}
