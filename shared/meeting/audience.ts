import { lineage } from './agenda/tree.ts'
import { entry } from './entities.ts'
import { isLeader, may } from './permission.ts'
import type { MeetingCommon } from './state.ts'
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
}

/** The audience of chair and secretary; what is measured of people is told to it alone. */
export const leadersKey = 'leaders'
/** The audience of the wall. */
const wallKey = 'projector'

/** Chair, secretary and the wall: those few screens by which a hall goes. */
export const isInFront = (key: string) => key === leadersKey || key === wallKey

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'participants' | 'items'>

/**
 * The audience a viewer belongs to; null when he may not look at all: not a participant, a draft, even a cancelled one, that only those who
 * prepare it may see, a projector opened by someone who may not.
 */
export function audienceOf(meeting: MeetingCommon, viewer: Viewer): Audience | null {
  if (!entry(meeting.participants, viewer.personId)) return null
  const leads = isLeader(meeting, viewer.personId)
  if (!meeting.lifecycle.published && !leads) return null
  if (viewer.projector) return may(meeting, viewer.personId, 'projector.show') ? openAudience(meeting) : null
  if (leads) return { key: leadersKey, leader: true, sees: (itemId) => entry(meeting.items, itemId) !== undefined }
  const open = confidentialSeen(meeting, viewer.personId)
  return { key: `members:${open.join(',')}`, leader: false, sees: (itemId) => seesItem(meeting, viewer.personId, itemId) }
}

/** The wall is read by everyone in the hall, so it never shows a confidential item, whoever opened it. */
function openAudience(meeting: Meeting): Audience {
  return {
    key: wallKey,
    leader: false,
    sees: (itemId) => {
      const line = lineage(meeting.items, itemId)
      return line.length > 0 && line.every((item) => !item.confidential)
    },
  }
}

function confidentialSeen(meeting: Meeting, personId: string): string[] {
  return Object.values(meeting.items)
    .filter((item) => item.confidential && seesItem(meeting, personId, item.itemId))
    .map((item) => item.itemId)
    .sort()
}
