import { reachOf, type Connections } from '../../../shared/meeting/attendance/connections.ts'
import type { PersonStanding } from '../../../shared/meeting/attendance/standing.ts'
import { formatTime } from '../../../shared/vietnamese/dates.ts'
import { t } from '../../i18n/index.ts'
import type { useMeetingStore } from '../store.ts'

type Names = Pick<ReturnType<typeof useMeetingStore>, 'sites'>

/** "Hội trường", "Điểm cầu xã Giồng Ông" */
export function placeName({ sites }: Names, siteId: string | null): string {
  return siteId === null ? t('attendance.hall') : (sites.get(siteId)?.name ?? '…')
}

/** The same where the column is narrow and its heading says what these are: "Xã Giồng Ông". */
export function shortPlaceName(names: Names, siteId: string | null): string {
  const name = placeName(names, siteId).replace(/^điểm cầu /iu, '')
  return name.charAt(0).toLocaleUpperCase('vi') + name.slice(1)
}

/** "Có mặt trực tuyến (Điểm cầu xã Giồng Ông), đến muộn" */
export function standingWords(names: Names, { standing, siteId, late }: PersonStanding): string {
  const place = standing === 'atSite' ? ` (${placeName(names, siteId)})` : ''
  return `${t(`attendance.standing.${standing}`)}${place}${late ? `, ${t('attendance.late')}` : ''}`
}

/** What is measured of a person's screens, in words. */
export function reachWords(connections: Connections, personId: string): string {
  const reach = reachOf(connections, personId)
  if (reach === null) return t('attendance.noScreen')
  return reach.since === null ? t('attendance.connected') : t('attendance.lost', { time: formatTime(reach.since) })
}
