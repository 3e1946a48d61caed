import type { ParticipantData } from '../../shared/meeting/participants/commands.ts'
import type { Static } from 'typebox'
import type { TinyHub } from './tiny-hub.ts'

type Participant = Static<typeof ParticipantData>

const participants: Participant[] = [
  { personId: 'an', role: 'chair', votes: true, siteId: null },
  { personId: 'lan', role: 'secretary', votes: false, siteId: null },
  { personId: 'binh', role: 'delegate', votes: true, siteId: null },
  { personId: 'chi', role: 'delegate', votes: true, siteId: 'site-1' },
  { personId: 'dung', role: 'guest', votes: false, siteId: null },
]

/** A published meeting of five with three items, the last of them confidential. */
export function prepareMeeting(hub: TinyHub): void {
  const startsAt = Date.now() + 600_000
  hub.do('lan', {
    type: 'meeting:create',
    data: { title: 'Họp giao ban tháng 11', kind: 'meeting', type: 'briefing', body: 'committee', startsAt, endsAt: startsAt + 7_200_000, place: 'Phòng họp A', siteIds: ['site-1'], participants },
  })
  for (const [title, confidential] of [['Khai mạc', false], ['Tình hình kinh tế - xã hội', false], ['Công tác nhân sự', true]] as const) {
    hub.do('lan', { type: 'agenda:addItem', data: { title, durationMinutes: 20, unitId: null, presenterId: null, confidential, access: [], parentId: null } })
  }
  hub.do('lan', { type: 'meeting:publish', data: {} })
}
