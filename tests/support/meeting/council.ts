import { emptyMeeting } from '../../../shared/meeting/state.ts'
import type { Participant } from '../../../shared/meeting/participants/state.ts'
import { details } from './history.ts'
import { Rehearsal } from './rehearsal.ts'

/** A meeting in session whose voting members are the chair and `members` − 1 others, all declared present; a secretary keeps it. */
export function council(members: number, absent: readonly string[] = []): { meeting: Rehearsal; item: string; people: string[] } {
  const meeting = new Rehearsal()
  meeting.state = emptyMeeting('council')
  const others = Array.from({ length: members - 1 }, (_, index): Participant => ({ personId: `member-${index + 2}`, role: 'delegate', votes: true, siteId: null }))
  const participants: Participant[] = [
    { personId: 'chair', role: 'chair', votes: true, siteId: null }, { personId: 'secretary', role: 'secretary', votes: false, siteId: null }, ...others,
  ]
  meeting.do('secretary', 'meeting:create', { ...details, siteIds: [...details.siteIds], participants })
  const item = meeting.addItem('Nhân sự và ngân sách')
  const people = ['chair', ...others.map(({ personId }) => personId)]
  meeting.begin(people.filter((personId) => !absent.includes(personId)))
  return { meeting, item, people }
}
