import type { MeetingCommon } from '../state.ts'
import { seesItem } from '../visibility.ts'
import type { Paper } from './state.ts'

/** Whether a person may know of a paper: whatever shows a paper, or something made of it, asks this. */
export function seesPaper(meeting: Pick<MeetingCommon, 'items' | 'participants'>, personId: string, paper: Paper): boolean {
  return seesItem(meeting, personId, paper.itemId)
}
