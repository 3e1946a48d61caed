import type { AgendaItem } from '../../../shared/meeting/agenda/state.ts'
import { t } from '../../i18n/index.ts'
import type { useMeetingStore } from '../store.ts'

/** "Nguyễn Văn Đức · Sở Tài chính · 20 phút": what is known of who presents an item, for which unit, and how long it takes. */
export function itemLine(item: AgendaItem, meeting: Pick<ReturnType<typeof useMeetingStore>, 'people' | 'units'>): string {
  return [
    item.presenterId && meeting.people.get(item.presenterId)?.name,
    item.unitId && meeting.units.get(item.unitId)?.name,
    item.durationMinutes && t('common.minutes', { count: item.durationMinutes }, item.durationMinutes),
  ].filter(Boolean).join(' · ')
}
