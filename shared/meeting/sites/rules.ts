import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingCommon } from '../state.ts'
import { untouched, type Site, type SiteLine, type SiteStatus } from './state.ts'

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'details' | 'participants' | 'sites'>

/** So many readiness tests a site may put on record: a script that tests all day must not fill the log. */
export const mostChecks = 100

/** A site as it stands, also one that nothing has happened to yet. */
export function siteStanding(meeting: Pick<MeetingCommon, 'sites'>, siteId: string): Site {
  return entry(meeting.sites, siteId) ?? untouched(siteId)
}

/** Whether it takes part by its own line. */
export function takesPart(status: SiteStatus): boolean {
  return status === 'inSession' || status === 'degraded'
}

/**
 * Whether `senderId` may tell of this site at all (null: the hub itself). A technician who has a site tells of his own; a technician of the
 * main room is the province's and tells of every site, as chair and secretary do.
 */
function tellRefusal(meeting: Meeting, senderId: string | null, siteId: string): Refusal | null {
  if (!meeting.details.siteIds.includes(siteId)) return refusal('attendance.unknownSite')
  const sender = senderId === null ? undefined : entry(meeting.participants, senderId)
  const elsewhere = sender?.role === 'technician' && sender.siteId !== null && sender.siteId !== siteId
  return elsewhere ? refusal('sites.notYours') : null
}

export function checkRefusal(meeting: Meeting, senderId: string | null, siteId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess') ?? tellRefusal(meeting, senderId, siteId)
  if (wrong) return wrong
  const { status, checks } = siteStanding(meeting, siteId)
  if (checks >= mostChecks) return refusal('sites.tooManyChecks', { most: mostChecks })
  return preparingRefusal(status)
}

export function readyRefusal(meeting: Meeting, senderId: string | null, siteId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess') ?? tellRefusal(meeting, senderId, siteId)
  if (wrong) return wrong
  const { status, check } = siteStanding(meeting, siteId)
  if (status === 'ready') return refusal('sites.alreadyReady')
  const underway = preparingRefusal(status)
  if (underway) return underway
  if (status !== 'checked' || check === null) return refusal('sites.notChecked')
  // Without picture a site can take part; without being heard or hearing it cannot.
  return check.microphone && check.loudspeaker ? null : refusal('sites.noSound')
}

/** Tests and readiness come before taking part, or while a line is gone. */
function preparingRefusal(status: SiteStatus): Refusal | null {
  if (status === 'byTelephone') return refusal('sites.byTelephone')
  return takesPart(status) ? refusal('sites.underway') : null
}

/** The line that a status tells of; null: of none. */
export function toldLine(status: SiteStatus): SiteLine | null {
  switch (status) {
    case 'inSession':
      return 'up'
    case 'degraded':
      return 'weak'
    case 'lost':
      return 'down'
    default:
      return null
  }
}

/** What a line's change makes of a site; null: nothing. */
export function statusAfter(status: SiteStatus, line: SiteLine): SiteStatus | null {
  if (status === 'byTelephone') return null
  if (line === 'down') return takesPart(status) ? 'lost' : null
  const next = line === 'up' ? 'inSession' : 'degraded'
  return next === status ? null : next
}

/** A line is put on record while the meeting is held: before it, sites come and go as they like. */
export function lineRefusal(meeting: Meeting, senderId: string | null, siteId: string, line: SiteLine): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession', 'recess') ?? tellRefusal(meeting, senderId, siteId)
  if (wrong) return wrong
  const { status, enteredAt } = siteStanding(meeting, siteId)
  if (status === 'byTelephone') return refusal('sites.byTelephone')
  if (line === 'down' && enteredAt === null) return refusal('sites.notEntered')
  return statusAfter(status, line) === null ? refusal('sites.unchanged') : null
}

export function telephoneRefusal(meeting: Meeting, senderId: string | null, siteId: string, using: boolean): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess') ?? tellRefusal(meeting, senderId, siteId)
  if (wrong) return wrong
  const already = siteStanding(meeting, siteId).status === 'byTelephone'
  if (already === using) return refusal(using ? 'sites.byTelephone' : 'sites.notByTelephone')
  return null
}
