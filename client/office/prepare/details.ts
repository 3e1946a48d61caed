import { meetingBodies, meetingKinds, meetingTypes, type MeetingDetails } from '../../../shared/meeting/lifecycle/state.ts'
import { timesOf, type MeetingTimesValue } from '../times.ts'

/** A meeting's details as the form holds them. */
export interface DetailsForm extends Pick<MeetingDetails, 'title' | 'kind' | 'type' | 'body' | 'place' | 'siteIds'> {
  times: MeetingTimesValue
}

export const choices = { kinds: meetingKinds, types: meetingTypes, bodies: meetingBodies } as const

export function formOf(details: MeetingDetails): DetailsForm {
  const { title, kind, type, body, place, siteIds, startsAt, endsAt } = details
  return { title, kind, type, body, place, siteIds: [...siteIds], times: timesOf(startsAt, endsAt) }
}

/** What the form says, or null while something required is missing. */
export function detailsOf({ times, title, place, ...rest }: DetailsForm): MeetingDetails | null {
  if (!times.span || title.trim() === '') return null
  return { ...rest, title: title.replace(/\s+/gu, ' ').trim(), place: place.trim(), siteIds: [...rest.siteIds], ...times.span }
}
