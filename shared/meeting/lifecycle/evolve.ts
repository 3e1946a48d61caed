import type { VisibleFact } from '../fact.ts'
import type { Lifecycle, MeetingDetails } from './state.ts'

export function evolveLifecycle(lifecycle: Lifecycle, fact: VisibleFact): Lifecycle {
  switch (fact.type) {
    case 'meeting.created':
      return { ...lifecycle, status: 'draft', since: fact.at }
    case 'meeting.published':
      return { ...lifecycle, status: 'scheduled', published: true, since: fact.at }
    case 'meeting.opened':
      return { ...lifecycle, status: 'inSession', openedAt: fact.at, since: fact.at }
    case 'meeting.recessed':
      return { ...lifecycle, status: 'recess', since: fact.at }
    case 'meeting.resumed':
      return { ...lifecycle, status: 'inSession', since: fact.at }
    case 'meeting.ended':
      return { ...lifecycle, status: 'ended', endedAt: fact.at, since: fact.at }
    case 'meeting.cancelled':
      return { ...lifecycle, status: 'cancelled', reason: fact.data.reason, since: fact.at }
    default:
      return lifecycle
  }
}

export function evolveDetails(details: MeetingDetails, fact: VisibleFact): MeetingDetails {
  switch (fact.type) {
    case 'meeting.created':
    case 'meeting.changed':
      return { ...details, ...fact.data }
    default:
      return details
  }
}
