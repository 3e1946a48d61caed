import { CircleCheck, CircleDashed, CircleX, Hand, MapPin, Mic } from '@lucide/vue'
import type { Component } from 'vue'
import { presenceOf } from '../../../shared/meeting/attendance/quorum.ts'
import { currentList, waitingOn } from '../../../shared/meeting/floor/order.ts'
import { speaking } from '../../../shared/meeting/floor/turn.ts'
import type { RollEntry } from '../../../shared/meeting/votes/result.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { t } from '../../i18n/index.ts'
import { choiceLooks } from '../votes/looks.ts'

/** How a seat shows what its person does: always by shape and word, the colour comes on top. */
export interface SeatMark {
  /** Equal kinds share one line of the legend. */
  kind: string
  icon: Component
  iconClass: string
  /** Ground and edge of the seat. */
  looks: string
  words: string
  /** In line for the floor. */
  place?: number
}

export const freeLooks = 'border-dashed border-line bg-paper'

/** Declared presence; `siteId` is the room that is drawn. */
export function presenceMark(view: MeetingView, personId: string, siteId: string | null): SeatMark {
  const now = presenceOf(view, personId)
  if (!now) return { kind: 'undeclared', icon: CircleDashed, iconClass: 'text-ink-quiet', looks: 'border-dotted border-line-strong bg-paper text-ink-quiet', words: t('seats.undeclared') }
  if (now.presence === 'absent') return { kind: 'absent', icon: CircleX, iconClass: 'text-reject', looks: 'border-dashed border-line-strong bg-sunken text-ink-quiet', words: t('seats.absent') }
  if (now.siteId !== siteId) return { kind: 'elsewhere', icon: MapPin, iconClass: 'text-approve', looks: 'border-line-strong bg-sunken', words: t('seats.presentElsewhere') }
  return { kind: 'present', icon: CircleCheck, iconClass: 'text-approve', looks: 'border-line-strong bg-sheet', words: t('seats.present') }
}

/** Who has the floor, and who waits for it and in which place, by person. */
export function floorMarks(view: MeetingView): Map<string, SeatMark> {
  const marks = new Map<string, SeatMark>()
  const waiting = view.pause ? [] : waitingOn(view.floorEntries, currentList(view))
  for (const [index, { personId }] of waiting.entries()) {
    if (personId === null || marks.has(personId)) continue
    marks.set(personId, { kind: 'waiting', icon: Hand, iconClass: 'text-lotus', looks: 'border-lotus bg-lotus-wash', words: t('seats.waitingAt', { place: index + 1 }), place: index + 1 })
  }
  const speaker = speaking(view)?.personId
  if (speaker) marks.set(speaker, { kind: 'speaking', icon: Mic, iconClass: 'text-on-lotus', looks: 'border-lotus-fill bg-lotus-fill text-on-lotus', words: t('seats.speaking') })
  return marks
}

/** How a person voted in a named vote; null: was not entitled. */
export function voteMark(roll: readonly RollEntry[], personId: string): SeatMark | null {
  const found = roll.find((one) => one.personId === personId)
  if (!found) return null
  const look = choiceLooks[found.choice ?? 'silent']
  const words = t(found.choice ? `meeting.votes.choices.${found.choice}` : found.present ? 'meeting.votes.counts.silent' : 'meeting.votes.absent')
  return { kind: found.choice ?? (found.present ? 'silent' : 'away'), icon: look.icon, iconClass: look.text, looks: `${look.edge} ${look.wash} ${found.choice ? '' : 'border-dashed text-ink-quiet'}`, words }
}
