import { lineage } from './agenda/tree.ts'
import { entry } from './entities.ts'
import { isLeader, may } from './permission.ts'
import type { MeetingCommon } from './state.ts'
import type { Paper } from './papers/state.ts'
import { isPlain, narrowPapers, seesPaper, seesProposal } from './papers/visibility.ts'
import { seesItem } from './visibility.ts'

/** Who looks: a participant's own screen, or the hall's projector that a participant has opened. */
export interface Viewer {
  personId: string
  projector: boolean
}

/** Viewers who are told the same things; their own ballots apart, they share every frame. */
export interface Audience {
  /** Equal keys: equal views, apart from `me` and own ballots. */
  key: string
  leader: boolean
  /** Whether an item may be known of. */
  sees(itemId: string): boolean
  /** The same for a paper, and for a version of it that waits for approval. */
  seesPaper(paper: Paper): boolean
  seesProposal(paper: Paper): boolean
}

/** The audience of chair and secretary; what is measured of people is told to it alone. */
export const leadersKey = 'leaders'
/** The audience of the wall. */
const wallKey = 'projector'

/** Chair, secretary and the wall: those few screens by which a hall goes. */
export const isInFront = (key: string) => key === leadersKey || key === wallKey

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'participants' | 'items' | 'papers'>

/**
 * The audience a viewer belongs to; null when he may not look at all: not a participant, a draft, even a cancelled one, that only those who
 * prepare it may see, a projector opened by someone who may not.
 */
export function audienceOf(meeting: MeetingCommon, viewer: Viewer): Audience | null {
  if (!entry(meeting.participants, viewer.personId)) return null
  const leads = isLeader(meeting, viewer.personId)
  if (!meeting.lifecycle.published && !leads) return null
  if (viewer.projector) return may(meeting, viewer.personId, 'projector.show') ? openAudience(meeting) : null
  if (leads) {
    const there = (itemId: string) => entry(meeting.items, itemId) !== undefined
    return { key: leadersKey, leader: true, sees: there, seesPaper: ({ itemId }) => there(itemId), seesProposal: ({ itemId }) => there(itemId) }
  }
  const { personId } = viewer
  return {
    key: `members:${confidentialSeen(meeting, personId).join(',')}${narrowSeen(meeting, personId)}`,
    leader: false,
    sees: (itemId) => seesItem(meeting, personId, itemId),
    seesPaper: (paper) => seesPaper(meeting, personId, paper),
    seesProposal: (paper) => seesProposal(meeting, personId, paper),
  }
}

/** The wall is read by everyone in the hall, so it never shows a confidential item, nor a paper that is not for all on its item, whoever opened it. */
function openAudience(meeting: Meeting): Audience {
  const sees = (itemId: string) => {
    const line = lineage(meeting.items, itemId)
    return line.length > 0 && line.every((item) => !item.confidential)
  }
  const seesPaper = ({ itemId, access, status }: Paper) => sees(itemId) && access === null && status === 'approved'
  return { key: wallKey, leader: false, sees, seesPaper, seesProposal: () => false }
}

function confidentialSeen(meeting: Meeting, personId: string): string[] {
  return Object.values(meeting.items)
    .filter((item) => item.confidential && seesItem(meeting, personId, item.itemId))
    .map((item) => item.itemId)
    .sort()
}

/** Which of the papers that are not for everybody on their item he sees, and of which he sees more than others do (`+`). */
function narrowSeen(meeting: Meeting, personId: string): string {
  const seen = narrowPapers(meeting.papers).flatMap((paper) => {
    const more = seesProposal(meeting, personId, paper)
    // Told to everybody on its item all the same: only the version that waits is not.
    if (isPlain({ ...paper, next: null })) return more ? [`${paper.paperId}+`] : []
    return seesPaper(meeting, personId, paper) ? [more ? `${paper.paperId}+` : paper.paperId] : []
  })
  return seen.length > 0 ? `|${seen.sort().join(',')}` : ''
}
