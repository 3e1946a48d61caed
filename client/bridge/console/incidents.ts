import { onScopeDispose, shallowRef, watch } from 'vue'
import type { IncidentLog } from '../../../shared/contracts/http/incidents.ts'
import { endedAt, withSite, type Incident } from '../../../shared/meeting/sites/incidents.ts'
import { formatDate, formatTime } from '../../../shared/vietnamese/dates.ts'
import { request } from '../../http.ts'
import { t } from '../../i18n/index.ts'
import { useMeetingStore } from '../../meeting/store.ts'

/** What the meeting's log tells of its sites' lines, and what comes to it while one looks; in order of time. */
export function useIncidents() {
  const meeting = useMeetingStore()
  const incidents = shallowRef<readonly Incident[]>([])
  const ending = new AbortController()
  onScopeDispose(() => ending.abort())

  /** Asked for again after a line that was cut: several states may have gone by. */
  async function load(meetingId: string): Promise<void> {
    const answer = await request<IncidentLog>('GET', `/api/meetings/${encodeURIComponent(meetingId)}/incidents`, { signal: ending.signal })
    if (!answer.ok || meeting.view?.meetingId !== meetingId) return
    incidents.value = answer.data.incidents
    take()
  }

  function take(): void {
    const { view } = meeting
    if (!view) return
    let known = incidents.value
    for (const site of Object.values(view.sites)) known = withSite(known, site)
    incidents.value = view.lifecycle.status === 'ended' ? endedAt(known, view.lifecycle.since) : known
  }

  watch(() => (meeting.isLive ? meeting.view?.meetingId : undefined), (meetingId) => { if (meetingId !== undefined) void load(meetingId) }, { immediate: true })
  watch(() => [meeting.view?.sites, meeting.view?.lifecycle.status], take)
  return incidents
}

/** One incident as the minutes have it: "Điểm cầu Na Hang: mất kết nối 09:12–09:20 (8 phút)." */
export function incidentLine({ siteId, trouble, from, until }: Incident, nameOf: (siteId: string) => string): string {
  const site = nameOf(siteId)
  const what = t(`bridge.console.troubles.${trouble}`)
  if (until === null) return t('bridge.console.incidentOpen', { site, what, from: formatTime(from) })
  const minutes = Math.round((until - from) / 60_000)
  return t(formatTime(from) === formatTime(until) ? 'bridge.console.incidentShort' : 'bridge.console.incidentLine', { site, what, from: formatTime(from), until: formatTime(until), length: minutes < 1 ? t('bridge.console.underMinute') : t('bridge.console.minutes', minutes) })
}

/** All of them for the minutes, a line each, in order of time; days are named where there are several. */
export function incidentText(incidents: readonly Incident[], nameOf: (siteId: string) => string): string {
  const days = new Set(incidents.map(({ from }) => formatDate(from)))
  return incidents.map((one) => (days.size > 1 ? `${formatDate(one.from)}: ` : '') + incidentLine(one, nameOf)).join('\n')
}
