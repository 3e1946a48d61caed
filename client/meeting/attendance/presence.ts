import type { Commands } from '../../../shared/meeting/command.ts'
import { presenceOf } from '../../../shared/meeting/attendance/quorum.ts'
import type { Presence } from '../../../shared/meeting/attendance/state.ts'
import { t } from '../../i18n/index.ts'
import type { useMeetingStore } from '../store.ts'

type Meeting = Pick<ReturnType<typeof useMeetingStore>, 'view' | 'sites'>

/** One way of declaring a person: in the hall, at one of the meeting's sites, absent. */
export interface PresenceChoice {
  key: string
  presence: Presence
  siteId: string | null
  /** "Có mặt tại hội trường" */
  label: string
}

/** The choices for a person; the place where he is expected comes first, absence last. */
export function presenceChoices(meeting: Meeting, expectedSiteId: string | null): PresenceChoice[] {
  const sites = (meeting.view?.details.siteIds ?? []).map((siteId): PresenceChoice => ({
    key: siteId, presence: 'atSite', siteId, label: t('meeting.attendance.atSite', { site: sitePhrase(meeting, siteId) }),
  }))
  const room: PresenceChoice = { key: '', presence: 'inRoom', siteId: null, label: t('meeting.attendance.inRoom') }
  const places = [room, ...sites].sort((a, b) => Number(b.siteId === expectedSiteId) - Number(a.siteId === expectedSiteId))
  return [...places, { key: 'absent', presence: 'absent', siteId: null, label: t('meeting.attendance.absent') }]
}

/** "điểm cầu xã Giồng Ông", whether the directory's name already begins with the word or not. */
function sitePhrase(meeting: Pick<Meeting, 'sites'>, siteId: string): string {
  const name = meeting.sites.get(siteId)?.name ?? '…'
  return /^điểm cầu /iu.test(name) ? name.charAt(0).toLocaleLowerCase('vi') + name.slice(1) : t('meeting.attendance.site', { name })
}

/** Declared presence in words: "Có mặt tại hội trường", "Chưa điểm danh". */
export function presenceWords(meeting: Meeting, personId: string): string {
  const now = meeting.view && presenceOf(meeting.view, personId)
  if (!now) return t('meeting.attendance.undeclared')
  if (now.presence === 'absent') return t('meeting.attendance.absent')
  return now.siteId === null ? t('meeting.attendance.inRoom') : t('meeting.attendance.atSite', { site: sitePhrase(meeting, now.siteId) })
}

export function declaration({ presence, siteId }: PresenceChoice, personId?: string): Commands['attendance:declare'] {
  return { presence, ...(siteId === null ? {} : { siteId }), ...(personId === undefined ? {} : { personId }) }
}
