import type { Commands } from '../../../shared/meeting/command.ts'
import { fromWallTime, minute, wallTime, day } from '../../../shared/vietnamese/dates.ts'
import { people } from '../province.ts'

type Participants = Commands['meeting:create']['participants']

export const chair = 'chu-tich'
export const secretary = 'thu-ky'
export const members = people.filter(person => person.member).map(person => person.id)
export const communes = people.filter(person => person.id.startsWith('ct-')).map(person => person.id)
const invited = ['chu-tich-hdnd', 'chu-tich-mttq', 'vien-truong', 'chanh-an']

/** As invitation 412/GM-UBND lists them: the committee votes, the communes take part from their sites, others are guests. */
export function participants({ guests = true }: { guests?: boolean } = {}): Participants {
  const one = (personId: string, role: Participants[number]['role'], votes: boolean) =>
    ({ personId, role, votes, siteId: people.find(person => person.id === personId)?.siteId ?? null })
  return [
    ...members.map(id => one(id, id === chair ? 'chair' : 'delegate', true)),
    ...communes.map(id => one(id, 'delegate', false)),
    ...(guests ? invited.map(id => one(id, 'guest', false)) : []),
    one(secretary, 'secretary', false),
    one('ky-thuat', 'technician', false),
  ]
}

/** The moment at this time of the day (Vietnam) that lies `days` after the day of `now`. */
export function on(now: number, days: number, hour: number, minuteOfHour: number): number {
  const { year, month, day: dayOfMonth } = wallTime(now + days * day)
  return fromWallTime({ year, month, day: dayOfMonth, hour, minute: minuteOfHour })
}

/** 07:30 of today, or a few minutes ago when the day is younger than that: a meeting in session has begun. */
export function thisMorning(now: number): number {
  return Math.min(on(now, 0, 7, 30), Math.floor(now / (5 * minute)) * 5 * minute)
}

/** An agenda item with nothing said about it. */
export const plainItem = { durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [] as string[], parentId: null }
