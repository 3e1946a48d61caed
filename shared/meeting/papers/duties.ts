import { numberedAgenda } from '../agenda/tree.ts'
import type { MeetingCommon } from '../state.ts'
import { papersOf } from './order.ts'
import { handingStatus } from './rules.ts'
import type { PaperStatus } from './state.ts'
import { ownsItem, seesPaper } from './visibility.ts'

/** What somebody is to hand in for one item, and how far it has come. */
export interface Duty {
  itemId: string
  /** The item's number in the agenda. */
  number: string
  title: string
  /** Until when; null: no time was set. */
  due: number | null
  /** What was handed in. `status` is that of the version on its way; `reason`: why it was returned. */
  papers: { title: string; status: PaperStatus; reason: string | null }[]
}

/** What this person is to hand in, in the agenda's order. Whatever he may not see is not in it. */
export function dutiesOf(meeting: Pick<MeetingCommon, 'items' | 'papers' | 'participants'>, personId: string): Duty[] {
  return numberedAgenda(meeting.items).filter(({ item }) => ownsItem(meeting, personId, item.itemId)).map(({ item, number }) => ({
    itemId: item.itemId, number, title: item.title, due: item.papersDue,
    papers: papersOf(meeting.papers, item.itemId).filter((paper) => seesPaper(meeting, personId, paper))
      .map((paper) => ({ title: paper.title, status: handingStatus(paper), reason: (paper.next ?? paper).reason })),
  }))
}
