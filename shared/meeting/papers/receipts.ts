import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import type { Paper } from './state.ts'
import { seesPaper } from './visibility.ts'

/** Of the people who may see a paper: who has opened it, who an older version only, who not at all. Each person is in one of them. */
export interface Readers {
  opened: { personId: string; at: number }[]
  old: { personId: string; version: number; at: number }[]
  notYet: string[]
}

export function readersOf(meeting: Pick<MeetingCommon, 'items' | 'participants' | 'receipts'>, paper: Paper): Readers {
  const readers: Readers = { opened: [], old: [], notYet: [] }
  const receipts = entry(meeting.receipts, paper.paperId) ?? {}
  for (const personId of Object.keys(meeting.participants)) {
    if (!seesPaper(meeting, personId, paper)) continue
    const receipt = entry(receipts, personId)
    if (!receipt) readers.notYet.push(personId)
    else if (receipt.version < paper.version) readers.old.push({ personId, ...receipt })
    else readers.opened.push({ personId, at: receipt.at })
  }
  return readers
}
